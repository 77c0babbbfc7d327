"""A person whom only the rerun reads is proposed as a new entry, for a person to confirm; on both engines."""

import uuid
from typing import Any

from sqlalchemy import select

from index_service.changesets.operations.remove_change import remove_change
from index_service.changesets.operations.stage_entry_created import stage_entry_created
from index_service.changesets.operations.stage_entry_retired import stage_entry_retired
from index_service.changesets.operations.stage_image_replaced import stage_image_replaced
from index_service.changesets.queries import changes_of
from index_service.changesets.tables import ChangeSet
from index_service.editions.queries import current_edition
from index_service.entries.field_values import edited_value
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage
from storage.database.session import Database
from tests.index_service.scene import NOW, SERIES, add_image, proposal, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_load,
    begin_request,
    change_set,
    correction_form,
    deliver_and_confirm,
    named,
    names_at,
    publish,
)
from tests.ingest.reruns.rereading import Read, same

NEW = proposal(5, "新人", confidence=0.6)


def _read_with(volume: Read, *more: dict[str, Any]) -> None:
    first, second = volume.order()
    volume.read(first, same("陳大", "陳二"))
    volume.read(second, [*same("林三"), *more])


def _counts(volume: Read) -> dict[str, Any]:
    with volume.database.reading() as session:
        return dict(volume.rerun(session).counts or {})


def test_a_person_newly_read_is_staged_as_a_new_entry_nobody_has_reviewed(volume: Read) -> None:
    _read_with(volume, NEW)
    counts = _counts(volume)
    assert (counts["unpaired_readings"], counts["proposed"], counts["changes"]) == (1, 1, 0)
    with volume.database.reading() as session:
        request = session.get_one(Request, volume.rerun(session).request_id)
        (change,) = changes_of(session, change_set(session, request).id)
        (version,) = volume.staged(session)
        (item,) = items_of(session, request.id)
        assert (change.action, change.reviewed_by, change.staged_by) == ("entry_created", None, None)
        assert (change.item_id, change.page_id, change.least_confidence) == (item.id, item.page_id, 0.6)
        assert version.fields["name"]["text"] == "新人"
        assert version.fields["name"]["confirmed_by"] is None
        assert version.image_id == named(session, "林三").image_id
        assert names_at(session, current_edition(session)) == {"陳大", "陳二", "林三"}
        assert request.grounds.endswith("讀出 1 筆現行索引所無")


def test_it_is_published_only_through_operator_and_office(volume: Read) -> None:
    _read_with(volume, NEW)
    with volume.database.writing() as session:
        request = session.get_one(Request, volume.rerun(session).request_id)
        assign_and_start(session, volume.scene, request)
        deliver_and_confirm(session, volume.scene, request)
        edition = publish(session, volume.scene, request)
        assert names_at(session, edition.number) == {"陳大", "陳二", "林三", "新人"}
        assert_regions_on_their_images(session)
    _read_with(volume, NEW)
    assert _counts(volume)["unpaired_readings"] == 0


def test_a_second_rerun_leaves_it_to_the_request_under_way(volume: Read) -> None:
    _read_with(volume, NEW)
    _read_with(volume, NEW)
    counts = _counts(volume)
    assert (counts["proposed"], counts["unpaired_readings"], counts["under_way"]) == (0, 0, 1)
    with volume.database.reading() as session:
        assert volume.rerun(session).request_id is None


def test_what_nobody_judged_is_proposed_again(volume: Read) -> None:
    _read_with(volume, NEW)
    with volume.database.writing() as session:
        cancel_request(
            session,
            actor=volume.scene.ministry,
            request_id=volume.rerun(session).request_id or uuid.uuid4(),
            reasons=("改期",),
            at=NOW,
        )
        assert "closed" in set(session.scalars(select(ChangeSet.state)))
    _read_with(volume, NEW)
    assert _counts(volume)["proposed"] == 1


def test_what_an_operator_struck_out_is_not_proposed_again(volume: Read) -> None:
    _read_with(volume, NEW, proposal(6, "另人"))
    with volume.database.writing() as session:
        request = session.get_one(Request, volume.rerun(session).request_id)
        assign_and_start(session, volume.scene, request)
        struck = changes_of(session, change_set(session, request).id)[0]
        remove_change(
            session,
            actor=volume.scene.operator,
            change_id=struck.id,
            row_version=struck.row_version,
            at=NOW,
        )
        deliver_and_confirm(session, volume.scene, request)
        publish(session, volume.scene, request)
    _read_with(volume, NEW, proposal(6, "另人"))
    counts = _counts(volume)
    assert (counts["unpaired_readings"], counts["proposed"]) == (1, 0)


def test_an_entry_that_was_retired_is_not_proposed_again(volume: Read) -> None:
    with volume.database.writing() as session:
        version = named(session, "陳二")
        request = begin_request(session, volume.scene, correction_form(version, "—"))
        stage_entry_retired(
            session,
            change_set=change_set(session, request),
            entry_id=version.entry_id,
            actor=volume.scene.operator,
            at=NOW,
        )
        deliver_and_confirm(session, volume.scene, request)
        publish(session, volume.scene, request)
    _read_with(volume)
    counts = _counts(volume)
    assert (counts["unpaired_readings"], counts["proposed"]) == (1, 0)
    with volume.database.reading() as session:
        assert volume.rerun(session).request_id is None


def test_fields_of_another_series_make_no_entry(volume: Read) -> None:
    strange = proposal(5, "新人")
    strange["fields"] = {"no_such_field": strange["fields"]["name"]}
    _read_with(volume, strange)
    counts = _counts(volume)
    assert (counts["unpaired_readings"], counts["proposed"]) == (0, 0)


def test_beside_an_entry_that_stands_on_no_image_nothing_is_proposed(database: Database) -> None:
    """It was typed from the book, and may be the very person who is read now, otherwise."""
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        operator = scene.operator
        assert operator.account_id is not None
        stage_entry_created(
            session,
            change_set=change_set(session, request),
            page=session.scalars(select(Page)).one(),
            series_key=SERIES,
            image_id=None,
            fields={"name": edited_value("新仁", by=operator.account_id)},
            region=None,
            actor=operator,
            at=NOW,
        )
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
    volume = Read(database, scene)
    (run,) = volume.order()
    volume.read(run, [*same("陳大"), NEW])
    counts = _counts(volume)
    assert (counts["unpaired_readings"], counts["proposed"]) == (1, 0)


def test_on_an_image_replaced_meanwhile_nothing_is_proposed(volume: Read) -> None:
    first, second = volume.order()
    volume.commit(first, same("陳大", "陳二"))
    with volume.database.writing() as session:
        old = session.get_one(PageImage, named(session, "林三").image_id)
        page = session.get_one(Page, old.page_id)
        request = begin_request(session, volume.scene, correction_form(named(session, "林三"), "—"))
        into, operator = change_set(session, request), volume.scene.operator
        entry_id = named(session, "林三").entry_id
        stage_entry_retired(session, change_set=into, entry_id=entry_id, actor=operator, at=NOW)
        again = add_image(session, page, "again")
        stage_image_replaced(session, change_set=into, image=again, actor=operator, at=NOW)
        deliver_and_confirm(session, volume.scene, request)
        publish(session, volume.scene, request)
    volume.read(second, [*same("林三"), NEW])
    counts = _counts(volume)
    assert (counts["under_way"], counts["unpaired_readings"], counts["proposed"]) == (2, 0, 0)
