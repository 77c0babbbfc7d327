"""The office's screens: the form, before and after, confirm or dispute."""

import re
import uuid

from sqlalchemy import select

from index_service.editions.queries import current_edition, published_versions
from index_service.requests.tables import Opening, Request
from storage.catalogue.tables import Volume
from storage.intake.tables import RecognitionResult
from tests.viewer.walk import (
    assign,
    deliver,
    only_request,
    open_every_page,
    publish_everything,
    staged,
    state_of,
    verdict,
)
from tests.viewer.world import World, entry_form


def delivered(world: World) -> uuid.UUID:
    """The first load, delivered to its office."""
    request_id = only_request(world).id
    assign(world, request_id)
    deliver(world, request_id)
    return request_id


def openings(world: World) -> set[str]:
    """The parts that were opened."""
    with world.house.database.reading() as session:
        return set(session.scalars(select(Opening.part)))


def correction(world: World, **more: object) -> dict[str, object]:
    """A correction of one published name, as the form sends it."""
    with world.house.database.reading() as session:
        version = next(
            one
            for one in published_versions(session, current_edition(session))
            if one.fields["name"]["text"] == "陳阿土"
        )
        volume = session.scalars(select(Volume.id)).one()
    form: dict[str, object] = {
        "kind": "index_correction",
        "series_key": "colonial_register",
        "contact": "林小姐",
        "grounds": "與原簿不符",
        "fault_code": ["wrong_name"],
        "volume": [str(volume)],
        "page": ["0001"],
        "entry": [str(version.entry_id)],
        "field_key": ["name"],
        "stands_now": ["陳阿土"],
        "should_stand": ["陳阿圡"],
        "act": "save",
    }
    return form | more


def test_values_and_image_are_opened_only_when_they_are_served(loaded: World) -> None:
    request_id = delivered(loaded)
    supervisor = loaded.browser("supervisor")
    sheet = supervisor.get(f"/requests/{request_id}").text
    assert "須開啟" in sheet
    assert openings(loaded) == set()
    path = re.findall(rf"/requests/{request_id}/pages/[0-9a-f-]+", sheet)[0]
    page = supervisor.get(path).text
    assert openings(loaded) == {"values"}
    picture = re.findall(r'src="(/images/[^"]+)"', page)[0]
    supervisor.get(picture.split("?")[0])
    assert openings(loaded) == {"values"}
    supervisor.get(picture)
    assert openings(loaded) == {"values", "image"}


def test_the_operator_looking_opens_nothing_for_the_office(loaded: World) -> None:
    request_id = delivered(loaded)
    open_every_page(loaded.browser("operator"), request_id)
    assert openings(loaded) == set()


def test_nothing_is_confirmed_before_the_pages_are_opened(loaded: World) -> None:
    request_id = delivered(loaded)
    answer = verdict(loaded, "supervisor", request_id)
    assert state_of(loaded, request_id) == "awaiting_confirmation"
    assert 'role="alert"' in answer
    open_every_page(loaded.browser("supervisor"), request_id)
    verdict(loaded, "supervisor", request_id)
    assert state_of(loaded, request_id) == "confirmed"


def test_the_clerk_may_dispute_but_not_confirm(loaded: World) -> None:
    request_id = delivered(loaded)
    open_every_page(loaded.browser("clerk"), request_id)
    verdict(loaded, "clerk", request_id)
    assert state_of(loaded, request_id) == "awaiting_confirmation"
    refused = verdict(loaded, "clerk", request_id, "dispute")
    assert "無法完成" in refused
    verdict(loaded, "clerk", request_id, "dispute", "姓名有誤")
    assert state_of(loaded, request_id) == "in_maintenance"
    assert "姓名有誤" in loaded.browser("operator").get(f"/maintenance/{request_id}").text


def test_another_office_sees_neither_the_request_nor_its_images(loaded: World) -> None:
    request_id = delivered(loaded)
    other = loaded.browser("other_supervisor")
    assert other.get(f"/requests/{request_id}").status_code == 404
    _, version = staged(loaded, request_id)[0]
    assert other.get(f"/images/{version.image_id}/page.jpg?request={request_id}").status_code == 404
    assert str(request_id) not in other.get("/requests?show=all").text


def test_a_correction_from_the_form_to_its_edition(loaded: World) -> None:
    publish_everything(loaded)
    clerk, supervisor = loaded.browser("clerk"), loaded.browser("supervisor")
    assert clerk.post("/requests/new", data=correction(loaded)).status_code == 200
    request_id = only_request(loaded, "draft").id
    own = clerk.post(f"/requests/{request_id}/submit", data={"letter_number": "北板戶字第1號"})
    assert own.status_code == 409
    assert "主管" in own.text
    supervisor.post(f"/requests/{request_id}/submit", data={"letter_number": "北板戶字第1號"})
    assign(loaded, request_id, "accept")
    desk = loaded.browser("operator").get(f"/maintenance/{request_id}").text
    assert 'value="陳阿圡"' in desk
    item = re.findall(rf"/maintenance/{request_id}/items/([0-9a-f-]+)", desk)[0]
    form = entry_form({"name": "陳阿圡"}, {"name": "陳阿土"})
    loaded.browser("operator").post(f"/maintenance/{request_id}/items/{item}", data=form)
    deliver(loaded, request_id)
    page = re.findall(
        rf"/requests/{request_id}/pages/[0-9a-f-]+", supervisor.get(f"/requests/{request_id}").text
    )
    beside = supervisor.get(page[0]).text
    assert '<del class="before">陳阿土</del>' in beside
    assert '<ins class="after">陳阿圡</ins>' in beside
    open_every_page(supervisor, request_id)
    verdict(loaded, "supervisor", request_id)
    loaded.browser("publisher").post(f"/publication/{request_id}/publish")
    assert state_of(loaded, request_id) == "published"
    with loaded.house.database.reading() as session:
        names = {one.fields["name"]["text"] for one in published_versions(session, 2)}
    assert names == {"陳阿圡", "林氏好", "黃榮華"}


def test_an_entry_is_created_from_a_line_read_on_the_page(loaded: World) -> None:
    publish_everything(loaded)
    with loaded.house.database.writing() as session:
        result = session.scalars(select(RecognitionResult).order_by(RecognitionResult.id)).first()
        assert result is not None
        result.lines = [result.lines[0], {**result.lines[1], "ink": "red"}]
    form = correction(
        loaded, kind="entry_creation", fault_code=["missing_entry"], entry=[""], should_stand=["林氏好二"]
    )
    loaded.browser("clerk").post("/requests/new", data=form)
    request_id = only_request(loaded, "draft").id
    loaded.browser("supervisor").post(f"/requests/{request_id}/submit", data={"letter_number": "第2號"})
    assign(loaded, request_id, "accept")
    operator = loaded.browser("operator")
    desk = operator.get(f"/maintenance/{request_id}").text
    assert "2. 林氏好 （紅字 red ink）" in desk
    assert desk.count("red ink") == 1
    item = re.findall(rf"/maintenance/{request_id}/items/([0-9a-f-]+)", desk)[0]
    typed = entry_form({"name": "林氏好二"}, {}, line="1")
    assert operator.post(f"/maintenance/{request_id}/items/{item}", data=typed).status_code == 200
    ((_, version),) = staged(loaded, request_id)
    assert version.fields["name"]["text"] == "林氏好二"
    assert version.fields["name"]["box"] == [110.0, 10.0, 190.0, 100.0]
    assert version.fields["name"]["inks"] == ["red"]
    assert version.image_id is not None


def test_the_form_keeps_what_was_typed_and_lists_what_is_wrong(loaded: World) -> None:
    publish_everything(loaded)
    answer = loaded.browser("clerk").post("/requests/new", data=correction(loaded, page=["9999"]))
    assert answer.status_code == 422
    assert "查無「9999」頁" in answer.text
    assert "no page 9999" in answer.text
    assert "陳阿圡" in answer.text
    with loaded.house.database.reading() as session:
        assert len(session.scalars(select(Request)).all()) == 1


def test_the_form_lists_the_entries_of_a_page_and_adds_items(loaded: World) -> None:
    publish_everything(loaded)
    clerk = loaded.browser("clerk")
    listed = clerk.post("/requests/new", data=correction(loaded, act="look", entry=[""])).text
    assert "陳阿土" in listed
    assert "林氏好" in listed
    assert "第 2 項" in clerk.post("/requests/new", data=correction(loaded, act="add")).text


def test_a_stale_form_is_not_overwritten(loaded: World) -> None:
    publish_everything(loaded)
    clerk = loaded.browser("clerk")
    clerk.post("/requests/new", data=correction(loaded))
    request = only_request(loaded, "draft")
    path, version = f"/requests/{request.id}/form", request.row_version
    assert clerk.post(path, data=correction(loaded, grounds="甲", row_version=version)).status_code == 200
    lost = clerk.post(path, data=correction(loaded, grounds="乙", row_version=version))
    assert lost.status_code == 412
    assert "乙" in lost.text
    assert only_request(loaded, "draft").grounds == "甲"


def test_a_draft_lacking_something_is_not_submitted(loaded: World) -> None:
    publish_everything(loaded)
    loaded.browser("clerk").post("/requests/new", data=correction(loaded, contact=""))
    request_id = only_request(loaded, "draft").id
    refused = loaded.browser("supervisor").post(f"/requests/{request_id}/submit", data={"letter_number": ""})
    assert refused.status_code == 409
    assert "聯絡人 contact" in refused.text
    assert "文號 letter number" in refused.text
