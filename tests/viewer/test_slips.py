"""A slip (浮籤) is a second view of its page: staged, opened, published and shown like the first."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from index_service.changesets.queries import standing_images
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.propose_hold import propose_hold
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.tables import Request, RequestItem
from tests.index_service.scene import add_batch, add_page
from tests.index_service.walk import named
from tests.viewer.scans import plain_scan, store_scan
from tests.viewer.test_cases import open_case
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
from tests.viewer.world import AT, World


@pytest.fixture
def slipped(world: World) -> World:
    """A first load of one page with a slip: its second view shows what the slip covered."""
    with world.house.database.writing() as session:
        page = add_page(session, world.scene, 1)
        over, under = plain_scan(["陳阿土"]), plain_scan(["陳阿土"], tone=120)
        first = store_scan(session, world.house.store, page, over)
        second = store_scan(session, world.house.store, page, under)
        second.view = 2
        session.flush()
        batch = add_batch(session, world.scene, [(first, over.proposals), (second, under.proposals)])
        open_first_load(session, batch_id=batch.id, at=AT)
    return world


def pictures(text: str) -> list[str]:
    """The page pictures that a screen shows."""
    return re.findall(r'src="(/[^"]+page\.jpg[^"]*)"', text)


def test_both_views_are_staged_under_one_item_and_the_person_once(slipped: World) -> None:
    request_id = only_request(slipped).id
    assert [version.fields["name"]["text"] for _, version in staged(slipped, request_id)] == ["陳阿土"]
    with slipped.house.database.reading() as session:
        assert len(session.scalars(select(RequestItem)).all()) == 1
    assign(slipped, request_id)
    desk = slipped.browser("operator").get(f"/maintenance/{request_id}").text
    assert len(pictures(desk)) == 2
    assert "第 2 面（浮籤）" in desk


def test_the_office_opens_the_slip_too_before_it_confirms(slipped: World) -> None:
    request_id = only_request(slipped).id
    assign(slipped, request_id)
    deliver(slipped, request_id)
    supervisor = slipped.browser("supervisor")
    (path,) = set(re.findall(rf"/requests/{request_id}/pages/[0-9a-f-]+", sheet_of(slipped)))
    first, second = pictures(supervisor.get(path).text)
    supervisor.get(first)
    verdict(slipped, "supervisor", request_id)
    assert state_of(slipped, request_id) == "awaiting_confirmation"
    supervisor.get(second)
    verdict(slipped, "supervisor", request_id)
    assert state_of(slipped, request_id) == "confirmed"


def sheet_of(world: World) -> str:
    """The only request as the office sees it."""
    return world.browser("supervisor").get(f"/requests/{only_request(world).id}").text


def test_the_edition_and_the_office_s_look_show_both_views(slipped: World) -> None:
    publish_everything(slipped)
    with slipped.house.database.reading() as session:
        page_id = named(session, "陳阿土").page_id
        assert sorted(standing_images(session, page_id)) == [1, 2]
    clerk = slipped.browser("clerk")
    case = clerk.post(
        "/cases", data={"purpose": "核對", "case_number": "1", "legal_basis": "戶籍法"}
    ).url.path
    found = clerk.post(f"{case}/look-up", data={"name": "陳阿土"}).text
    entry = re.findall(rf"{case}/entries/[0-9a-f-]+", found)[0]
    shown = [clerk.get(one.replace("&amp;", "&")) for one in pictures(clerk.get(entry).text)]
    assert [answer.status_code for answer in shown] == [200, 200]
    assert shown[0].content != shown[1].content
    assert clerk.get(f"{entry}/page.jpg?view=3").status_code == 404


def test_an_agency_is_shown_no_view_without_a_granted_box(slipped: World) -> None:
    publish_everything(slipped)
    agent = slipped.browser("agent")
    case = open_case(agent, slipped)
    found = agent.post(f"{case}/look-up", data={"name": "陳阿土"}).text
    entry = re.findall(rf"{case}/entries/[0-9a-f-]+", found)[0]
    assert len(pictures(agent.get(entry).text)) == 1
    assert agent.get(f"{entry}/page.jpg?view=1").status_code == 200
    assert agent.get(f"{entry}/page.jpg?view=2").status_code == 404


def test_no_other_view_uncovers_what_a_hold_covers(slipped: World) -> None:
    with slipped.house.database.writing() as session:
        page = add_page(session, slipped.scene, 2)
        over, under = plain_scan(["林氏好", "黃榮華"], tone=200), plain_scan([], tone=100)
        first = store_scan(session, slipped.house.store, page, over)
        second = store_scan(session, slipped.house.store, page, under)
        second.view = 2
        session.flush()
        images = [(first, over.proposals), (second, under.proposals)]
        open_first_load(session, batch_id=add_batch(session, slipped.scene, images).id, at=AT)
    publish_all(slipped)
    clerk = slipped.browser("clerk")
    case = clerk.post(
        "/cases", data={"purpose": "核對", "case_number": "1", "legal_basis": "戶籍法"}
    ).url.path
    found = clerk.post(f"{case}/look-up", data={"name": "林氏好"}).text
    entry = re.findall(rf"{case}/entries/[0-9a-f-]+", found)[0]
    assert clerk.get(f"{entry}/page.jpg?view=2").status_code == 200
    with slipped.house.database.writing() as session:
        held = propose_hold(
            session,
            actor=slipped.scene.supervisor,
            reason="當事人爭議",
            review_by=AT + timedelta(days=30),
            entry_id=named(session, "黃榮華").entry_id,
            at=AT,
        )
        approve_hold(session, actor=slipped.scene.ministry, hold_id=held.id, at=AT)
    assert clerk.get(f"{entry}/page.jpg?view=1").status_code == 200
    assert clerk.get(f"{entry}/page.jpg?view=2").status_code == 404


def publish_all(world: World) -> None:
    """Walk both first loads to their editions."""
    with world.house.database.reading() as session:
        found = list(session.scalars(select(Request.id)))
    for request_id in found:
        assign(world, request_id)
        deliver(world, request_id)
        open_every_page(world.browser("supervisor"), request_id)
        verdict(world, "supervisor", request_id)
        assert "已發布為第" in world.browser("publisher").post(f"/publication/{request_id}/publish").text
