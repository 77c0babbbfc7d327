"""The operator's desk."""

import uuid

from sqlalchemy import select

from index_service.entries.tables import EntryVersion
from index_service.requests.operations.open_first_load import open_first_load
from tests.index_service.scene import add_batch, add_page
from tests.viewer.scans import plain_scan, store_scan
from tests.viewer.walk import assign, deliver, only_request, staged, state_of
from tests.viewer.world import AT, World, entry_form


def test_the_least_certain_entry_comes_first_beside_its_page(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    page = loaded.browser("operator").get(f"/maintenance/{request_id}").text
    assert page.index("黃榮華") < page.index("陳阿土")
    assert "存疑" in page
    assert "55%" in page
    change, version = staged(loaded, request_id)[0]
    assert version.fields["name"]["text"] == "黃榮華"
    assert f'/images/{version.image_id}/page.jpg"' in page
    assert '<rect data-box="name" class="doubt lit"' in page
    assert 'data-lights="name"' in page
    assert f"/maintenance/{request_id}/changes/{change.id}" in page


def test_an_edit_is_stored_as_typed_and_the_old_version_stays(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, version = staged(loaded, request_id)[0]
    form = entry_form({"name": "黄榮■", "father": "陳父"}, {"name": "黃榮華", "father": "陳父"})
    answer = loaded.browser("operator").post(
        f"/maintenance/{request_id}/changes/{change.id}",
        data={**form, "row_version": change.row_version, "act": "save"},
    )
    assert answer.status_code == 200
    after = {one.id: new for one, new in staged(loaded, request_id)}[change.id]
    assert after.fields["name"]["text"] == "黄榮■"
    assert after.fields["name"]["provenance"] == "edited"
    assert after.fields["father"]["confirmed_by"] is None
    with loaded.house.database.reading() as session:
        assert session.get_one(EntryVersion, version.id).fields["name"]["text"] == "黃榮華"


def test_confirming_all_goes_on_to_the_next_and_counts(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, version = staged(loaded, request_id)[0]
    texts = {key: value["text"] for key, value in version.fields.items()}
    form = entry_form(texts, texts, row_version=change.row_version, act="confirm_all")
    page = loaded.browser("operator").post(f"/maintenance/{request_id}/changes/{change.id}", data=form).text
    assert '<strong class="number">1</strong> / 3' in page
    assert f"changes/{change.id}" not in page
    after = {one.id: new for one, new in staged(loaded, request_id)}[change.id]
    assert all(value["confirmed_by"] for value in after.fields.values())


def test_one_field_can_be_confirmed_alone(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, version = staged(loaded, request_id)[0]
    texts = {key: value["text"] for key, value in version.fields.items()}
    form = entry_form(texts, texts, row_version=change.row_version, act="confirm:name")
    loaded.browser("operator").post(f"/maintenance/{request_id}/changes/{change.id}", data=form)
    after = {one.id: new for one, new in staged(loaded, request_id)}[change.id]
    assert after.fields["name"]["confirmed_by"]
    assert after.fields["father"]["confirmed_by"] is None


def test_a_stale_save_keeps_what_was_typed_and_shows_what_stands(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, _ = staged(loaded, request_id)[0]
    path = f"/maintenance/{request_id}/changes/{change.id}"
    first = entry_form({"name": "黃榮"}, {"name": "黃榮華"}, row_version=change.row_version, act="save")
    second = entry_form({"name": "黃榮花"}, {"name": "黃榮華"}, row_version=change.row_version, act="save")
    operator = loaded.browser("operator")
    assert operator.post(path, data=first).status_code == 200
    lost = operator.post(path, data=second)
    assert lost.status_code == 412
    assert 'value="黃榮花"' in lost.text
    assert "現行內容" in lost.text
    assert "Nothing was overwritten" in lost.text
    assert f'name="row_version" value="{change.row_version + 1}"' in lost.text
    after = {one.id: new for one, new in staged(loaded, request_id)}[change.id]
    assert after.fields["name"]["text"] == "黃榮"


def test_somebody_elses_request_cannot_be_edited(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, _ = staged(loaded, request_id)[0]
    form = entry_form({"name": "別人"}, {"name": "黃榮華"}, row_version=change.row_version, act="save")
    other = loaded.browser("other_operator").post(f"/maintenance/{request_id}/changes/{change.id}", data=form)
    assert other.status_code == 409
    assert "其他維護人員" in other.text
    assert "Another operator" in other.text


def test_asking_recalling_and_delivering(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    operator = loaded.browser("operator")
    operator.post(f"/maintenance/{request_id}/ask", data={"reason": "父名是否為陳父？"})
    assert state_of(loaded, request_id) == "awaiting_office"
    answered = loaded.browser("clerk").post(f"/requests/{request_id}/answer", data={"reason": "原簿為陳父"})
    assert answered.status_code == 200
    assert "原簿為陳父" in operator.get(f"/maintenance/{request_id}").text
    deliver(loaded, request_id)
    assert state_of(loaded, request_id) == "awaiting_confirmation"
    refused = operator.post(f"/maintenance/{request_id}/recall", data={"reason": ""})
    assert refused.status_code == 409
    operator.post(f"/maintenance/{request_id}/recall", data={"reason": "漏改一字"})
    assert state_of(loaded, request_id) == "in_maintenance"


def test_a_rescan_can_be_ordered_for_the_page_in_hand(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    change, _ = staged(loaded, request_id)[0]
    form = {"page": [str(change.page_id)], "reason": ["模糊"]}
    loaded.browser("operator").post(f"/maintenance/{request_id}/rescan", data=form)
    assert state_of(loaded, request_id) == "awaiting_rescan"


def test_red_writing_is_said_in_words_beside_its_value(world: World) -> None:
    """At the desk, to the office too, and it stays said of the place when the text is corrected."""
    scan = plain_scan(["林氏好", "陳阿土"])
    fields = scan.proposals[0]["fields"]
    fields["name"]["inks"], fields["father"]["inks"] = ["red"], ["black", "red"]
    scan.proposals[1]["fields"]["name"]["inks"] = ["black"]
    world.load([scan])
    request_id = only_request(world).id
    assign(world, request_id)
    entries = {version.fields["name"]["text"]: change for change, version in staged(world, request_id)}
    operator = world.browser("operator")
    path = f"/maintenance/{request_id}?change="
    page = operator.get(path + str(entries["林氏好"].id)).text
    name, father = page.index('id="field-name-ink"'), page.index('id="field-father-ink"')
    assert page.index(">紅字<") > name
    assert page.index(">部分紅字<") > father
    assert page.count("red-ink") == 2
    assert (
        'name="text" value="林氏好" autocomplete="off" spellcheck="false" aria-describedby="field-name-ink"'
        in page
    )
    assert "red-ink" not in operator.get(path + str(entries["陳阿土"].id)).text
    change = entries["林氏好"]
    form = entry_form({"name": "林氏妤"}, {"name": "林氏好"}, row_version=change.row_version, act="save")
    operator.post(f"/maintenance/{request_id}/changes/{change.id}", data=form)
    assert 'id="field-name-ink"' in operator.get(path + str(change.id)).text
    deliver(world, request_id)
    beside = world.browser("supervisor").get(f"/requests/{request_id}/pages/{change.page_id}").text
    assert beside.count("red-ink") == 2


def test_only_operators_come_in(loaded: World) -> None:
    refused = loaded.browser("clerk").get("/maintenance")
    assert refused.status_code == 403
    assert "您的角色無此權限" in refused.text
    assert "Your role does not permit this" in refused.text
    with loaded.house.database.reading() as session:
        assert session.scalars(select(EntryVersion.number)).all() == [1, 1, 1]


def load_doubtful(world: World, sequence: int, confidences: dict[str, float]) -> uuid.UUID:
    """A further first load of one page with one person, whose fields are as sure as said."""
    with world.house.database.writing() as session:
        page = add_page(session, world.scene, sequence)
        scan = plain_scan([f"第{sequence}人"], tone=180 + sequence)
        for key, confidence in confidences.items():
            scan.proposals[0]["fields"][key]["confidence"] = confidence
        scan.proposals[0]["least_confidence"] = min(confidences.values())
        image = store_scan(session, world.house.store, page, scan)
        batch = add_batch(session, world.scene, [(image, scan.proposals)])
        return open_first_load(session, batch_id=batch.id, at=AT).id


def test_the_least_certain_field_comes_first_and_lies_under_the_loupe(world: World) -> None:
    request_id = load_doubtful(world, 7, {"name": 0.7, "father": 0.4})
    assign(world, request_id)
    page = world.browser("operator").get(f"/maintenance/{request_id}").text
    assert page.index('id="field-father"') < page.index('id="field-name"')
    assert '<rect data-box="father" class="doubt lit"' in page
    sure = load_doubtful(world, 8, {"name": 0.99, "father": 0.95})
    assign(world, sure)
    page = world.browser("operator").get(f"/maintenance/{sure}").text
    assert page.index('id="field-name"') < page.index('id="field-father"')


def test_the_most_doubtful_request_is_first_in_the_list_and_one_reviewed_is_last(world: World) -> None:
    requests = [
        load_doubtful(world, 7, {"name": 0.8}),
        load_doubtful(world, 8, {"name": 0.3}),
        load_doubtful(world, 9, {"name": 0.99}),
    ]
    for request_id in requests:
        assign(world, request_id)
    operator = world.browser("operator")

    def order() -> list[uuid.UUID]:
        page = operator.get("/maintenance").text
        return sorted(requests, key=lambda one: page.index(f"/maintenance/{one}"))

    assert order() == [requests[1], requests[0], requests[2]]
    assert "30%" in operator.get("/maintenance").text
    ((change, version),) = staged(world, requests[1])
    texts = {key: value["text"] for key, value in version.fields.items()}
    form = entry_form(texts, texts, row_version=change.row_version, act="confirm_all")
    operator.post(f"/maintenance/{requests[1]}/changes/{change.id}", data=form)
    assert order() == [requests[0], requests[2], requests[1]]


def test_an_entry_saved_with_a_field_in_doubt_is_not_reviewed(world: World) -> None:
    request_id = load_doubtful(world, 7, {"name": 0.7, "father": 0.4})
    assign(world, request_id)
    ((change, version),) = staged(world, request_id)
    texts = {key: value["text"] for key, value in version.fields.items()}
    form = entry_form(texts, texts, row_version=change.row_version, act="confirm:name")
    operator = world.browser("operator")
    page = operator.post(f"/maintenance/{request_id}/changes/{change.id}", data=form).text
    assert '<strong class="number">0</strong> / 1' in page
    assert "40%" in operator.get("/maintenance").text
