"""Partial confirmation: the items that are right go on as a child request (子案)."""

import pytest

from access.http.problems import Conflict, Invalid
from domain.workflow import Kind
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.queries import history_of, items_of
from storage.database.identity import new_id
from storage.database.session import Database
from tests.index_service.scene import NOW, SERIES, add_image, find_scene, set_scene
from tests.index_service.walk import (
    assign_and_start,
    begin_load,
    begin_request,
    change_set,
    changes,
    named,
    names_at,
    open_pages,
    publish,
    published,
    refusal,
)
from tests.services.kept import Holding


def test_confirmed_items_are_published_and_the_others_disputed(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        versions = [named(session, name) for name in ("陳大", "陳二")]
        items = tuple(
            ItemForm(
                fault_code="wrong_name",
                page_id=version.page_id,
                entry_id=version.entry_id,
                field_key="name",
                should_stand="？",
            )
            for version in versions
        )
        form = RequestForm(
            kind=Kind.INDEX_CORRECTION, series_key=SERIES, contact="王", grounds="不符", items=items
        )
        request = begin_request(session, scene, form)
        stated = items_of(session, request.id)
        for version, item, name in zip(versions, stated, ("陳太", "陳仁"), strict=True):
            stage_entry_updated(
                session,
                change_set=change_set(session, request),
                entry_id=version.entry_id,
                texts={"name": name},
                item_id=item.id,
                actor=scene.operator,
                at=NOW,
            )
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.supervisor)
        child = confirm_request(
            session, actor=scene.supervisor, request_id=request.id, item_ids=[stated[0].id], at=NOW
        )
        assert child.number == f"{request.number}-1"
        assert (child.state, request.state) == ("confirmed", "awaiting_confirmation")
        assert [one.action for one in history_of(session, child.id)] == ["split", "confirm"]
        left = items_of(session, request.id)
        assert [one.id for one in left] == [stated[1].id]
        dispute_delivery(
            session,
            actor=scene.supervisor,
            request_id=request.id,
            item_reasons={left[0].id: "應為陳二"},
            at=NOW,
        )
        publish(session, scene, child)
        assert names_at(session, 2) == {"陳太", "陳二"}
        assert request.state == "in_maintenance"


def test_items_that_hang_together_are_not_split(holding: Holding) -> None:
    from index_service.changesets.operations.put_image import put_image
    from storage.catalogue.tables import Page

    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        page_id = named(session, "陳大").page_id
        items = tuple(ItemForm(fault_code="blurred", page_id=page_id) for _ in range(2))
        form = RequestForm(
            kind=Kind.IMAGE_REBUILD, series_key=SERIES, contact="王", grounds="模糊", items=items
        )
        request = begin_request(session, scene, form)
        stated = items_of(session, request.id)
        image = add_image(session, session.get_one(Page, page_id), "second")
        work = change_set(session, request)
        put_image(
            session,
            change_set=work,
            image_id=image.id,
            item_id=stated[0].id,
            actor=scene.operator,
            at=NOW,
        )
        entry = next(one for one in changes(session, request) if one.entry_id)
        entry.item_id = stated[1].id
        session.flush()
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.supervisor)
        with pytest.raises(Conflict) as caught:
            confirm_request(
                session, actor=scene.supervisor, request_id=request.id, item_ids=[stated[0].id], at=NOW
            )
        assert caught.value.code == "items_inseparable"


def test_a_part_is_some_of_the_items_and_of_this_request(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"], ["陳二"]])
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        ids = [item.id for item in items_of(session, request.id)]
        with pytest.raises(Invalid):
            confirm_request(
                session, actor=scene.supervisor, request_id=request.id, item_ids=[new_id()], at=NOW
            )
        with pytest.raises(Conflict) as unopened:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, item_ids=ids[:1], at=NOW)
        assert unopened.value.code == "pages_unopened"
        open_pages(session, request, scene.supervisor)
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, item_ids=[], at=NOW)
        assert refusal(caught) == {"split_not_partial"}


def test_pages_of_a_first_load_go_on_page_by_page(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"], ["陳二"], ["陳三"]])
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.supervisor)
        ids = [item.id for item in items_of(session, request.id)]
        child = confirm_request(
            session, actor=scene.supervisor, request_id=request.id, item_ids=ids[:2], at=NOW
        )
        publish(session, scene, child)
        assert names_at(session, 1) == {"陳大", "陳二"}
