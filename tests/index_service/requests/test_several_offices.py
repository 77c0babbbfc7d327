"""Requests in which more than one office has a say: merges, and pages another office keeps (保管戶所)."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import Conflict
from domain.workflow import Kind
from index_service.changesets.operations.stage_page_placed import stage_page_placed
from index_service.changesets.operations.type_entry import type_entry
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.escalate_silence import escalate_silence
from index_service.requests.operations.merge_request import merge_request
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.pages_required import pages_required
from index_service.requests.queries import confirming_offices, items_of, list_requests
from index_service.requests.tables import Request
from storage.database.outbox.tables import Outbox
from tests.index_service.scene import NOW, SERIES, Scene, add_page, after, find_scene
from tests.index_service.walk import (
    begin_correction,
    begin_request,
    change_set,
    correction_form,
    named,
    names_at,
    open_pages,
    publish,
    published,
    refusal,
)
from tests.services.kept import Holding


def others_request(session: Session, scene: Scene, page_id: uuid.UUID, entry_id: uuid.UUID) -> Request:
    """The same fault, reported by another office."""
    item = ItemForm(
        fault_code="wrong_name",
        page_id=page_id,
        entry_id=entry_id,
        field_key="name",
        stands_now="陳大",
        should_stand="陳太",
    )
    form = RequestForm(
        kind=Kind.INDEX_CORRECTION, series_key=SERIES, contact="李", grounds="不符", items=(item,)
    )
    request = draft_request(session, actor=scene.other_clerk, form=form, at=NOW)
    return submit_request(
        session, actor=scene.other_supervisor, request_id=request.id, letter_number="三1", at=NOW
    )


def test_a_merged_requests_office_has_to_confirm_too(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        survivor = begin_correction(session, scene, "陳大", "陳太")
        merged = others_request(session, scene, version.page_id, version.entry_id)
        with pytest.raises(Conflict) as caught:
            merge_request(session, actor=scene.ministry, request_id=merged.id, survivor_id=merged.id, at=NOW)
        assert "survivor_is_itself" in refusal(caught)
        merge_request(session, actor=scene.ministry, request_id=merged.id, survivor_id=survivor.id, at=NOW)
        assert merged.state == "merged"
        assert len(items_of(session, survivor.id)) == 2
        assert survivor in list_requests(session, actor=scene.other_clerk)

        deliver_request(session, actor=scene.operator, request_id=survivor.id, at=NOW)
        open_pages(session, survivor, scene.supervisor)
        confirm_request(session, actor=scene.supervisor, request_id=survivor.id, at=NOW)
        assert survivor.state == "awaiting_confirmation"
        with pytest.raises(Conflict):
            publish(session, scene, survivor)
        open_pages(session, survivor, scene.other_supervisor)
        confirm_request(session, actor=scene.other_supervisor, request_id=survivor.id, at=NOW)
        assert survivor.state == "confirmed"
        publish(session, scene, survivor)
        assert names_at(session, 2) == {"陳太"}


def test_the_office_that_keeps_a_page_confirms_that_page(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        kept = add_page(session, scene, 99, office=scene.other_office)
        own = named(session, "陳大").page_id
        items = tuple(
            ItemForm(fault_code="missing_entry", page_id=page_id, should_stand="漏建")
            for page_id in (own, kept.id)
        )
        form = RequestForm(
            kind=Kind.ENTRY_CREATION, series_key=SERIES, contact="王", grounds="漏建", items=items
        )
        request = begin_request(session, scene, form)
        work = change_set(session, request)
        stage_page_placed(
            session,
            change_set=work,
            page=kept,
            volume_id=scene.volume.id,
            sequence=99,
            actor=scene.operator,
            at=NOW,
        )
        for page_id, name in ((own, "陳新"), (kept.id, "林新")):
            type_entry(
                session,
                change_set=work,
                page_id=page_id,
                image_id=None,
                region=None,
                texts={"name": name},
                boxes={},
                actor=scene.operator,
                at=NOW,
            )
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        assert confirming_offices(session, request) == {scene.office.id, scene.other_office.id}
        mine = pages_required(session, request, office_id=scene.other_office.id)
        assert [(one.page_id, one.parts) for one in mine] == [(kept.id, frozenset({"values"}))]
        assert len(pages_required(session, request, office_id=scene.office.id)) == 2
        open_pages(session, request, scene.supervisor)
        confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        assert request.state == "awaiting_confirmation"
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        assert refusal(caught)
        open_pages(session, request, scene.other_supervisor)
        confirm_request(session, actor=scene.other_supervisor, request_id=request.id, at=NOW)
        publish(session, scene, request)
        assert names_at(session, 2) == {"陳大", "陳新", "林新"}


def test_a_part_of_a_survivor_is_in_the_merged_offices_sight_and_waits_for_its_word(
    holding: Holding,
) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        survivor = begin_correction(session, scene, "陳大", "陳太")
        merged = others_request(session, scene, version.page_id, version.entry_id)
        merge_request(session, actor=scene.ministry, request_id=merged.id, survivor_id=survivor.id, at=NOW)
        item = items_of(session, survivor.id)[1]
        page = add_page(session, scene, 98)
        stage_page_placed(
            session,
            change_set=change_set(session, survivor),
            page=page,
            volume_id=scene.volume.id,
            sequence=98,
            item_id=item.id,
            actor=scene.operator,
            at=NOW,
        )
        deliver_request(session, actor=scene.operator, request_id=survivor.id, at=NOW)
        open_pages(session, survivor, scene.supervisor)
        child = confirm_request(
            session, actor=scene.supervisor, request_id=survivor.id, item_ids=[item.id], at=NOW
        )
        assert child.state == "awaiting_confirmation"
        assert scene.other_office.id in confirming_offices(session, child)
        assert child in list_requests(session, actor=scene.other_clerk)
        watched = session.scalars(select(Outbox).where(Outbox.unique_key.contains(str(child.id)))).one()
        remind = {"reminder": watched.payload["reminder"], "delivery": watched.payload["delivery"]}
        assert escalate_silence(session, request_id=child.id, **remind, at=after(days=4))
        open_pages(session, child, scene.other_supervisor)
        confirm_request(session, actor=scene.other_supervisor, request_id=child.id, at=NOW)
        assert child.state == "confirmed"


def test_an_office_merged_before_keeps_its_say_when_the_survivor_is_merged_in_turn(
    holding: Holding,
) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        last = begin_correction(session, scene, "陳大", "陳太")
        first = others_request(session, scene, version.page_id, version.entry_id)
        form = correction_form(version, "陳太")
        middle = draft_request(session, actor=scene.clerk, form=form, at=NOW)
        submit_request(session, actor=scene.supervisor, request_id=middle.id, letter_number="北2", at=NOW)
        merge_request(session, actor=scene.ministry, request_id=first.id, survivor_id=middle.id, at=NOW)
        merge_request(session, actor=scene.ministry, request_id=middle.id, survivor_id=last.id, at=NOW)
        assert confirming_offices(session, last) == {scene.office.id, scene.other_office.id}
        assert last in list_requests(session, actor=scene.other_clerk)
