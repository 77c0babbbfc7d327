"""Pages added, moved and withdrawn: two never share a place, and none shows what stands nowhere."""

import uuid

import pytest
from sqlalchemy.exc import IntegrityError

from access.http.problems import Conflict
from index_service.changesets.operations.add_page import add_page
from index_service.changesets.operations.place_page import place_page
from index_service.changesets.operations.stage_entry_retired import stage_entry_retired
from index_service.changesets.operations.validate_change_set import validate_change_set
from index_service.changesets.operations.withdraw_image import withdraw_image
from index_service.editions.queries import current_edition, place_at, places_at
from index_service.editions.tables import PublishedPlace
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from index_service.requests.operations.receive_rescan import receive_rescan
from tests.index_service.scene import NOW, add_batch, add_image, find_scene, proposal
from tests.index_service.walk import (
    begin_request,
    change_set,
    deliver_and_confirm,
    named,
    names_at,
    publish,
    published,
    rebuild_form,
)
from tests.services.kept import Holding


def test_two_pages_change_places_in_one_edition(holding: Holding) -> None:
    database = holding(published, "陳大", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        first, second = named(session, "陳大").page_id, named(session, "林三").page_id
        request = begin_request(session, scene, rebuild_form(first))
        work = change_set(session, request)
        volume = scene.volume.id

        def place(page_id: uuid.UUID, sequence: int) -> None:
            place_page(
                session,
                change_set=work,
                page_id=page_id,
                volume_id=volume,
                sequence=sequence,
                actor=scene.operator,
                at=NOW,
            )

        place(first, 2)
        assert [one.code for one in validate_change_set(session, work)] == ["place_taken"]
        place(second, 1)
        assert validate_change_set(session, work) == []
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert [one.page_id for one in places_at(session, 2, volume_id=volume)] == [second, first]
        assert [one.page_id for one in places_at(session, 1, volume_id=volume)] == [first, second]


def test_a_page_leaves_only_with_its_image_and_entries(holding: Holding) -> None:
    database = holding(published, "陳大", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "林三")
        request = begin_request(session, scene, rebuild_form(version.page_id))
        work = change_set(session, request)
        place_page(
            session,
            change_set=work,
            page_id=version.page_id,
            volume_id=None,
            sequence=None,
            actor=scene.operator,
            at=NOW,
        )
        assert [one.code for one in validate_change_set(session, work)] == ["page_without_place"]
        withdraw_image(
            session, change_set=work, page_id=version.page_id, view=1, actor=scene.operator, at=NOW
        )
        stage_entry_retired(session, change_set=work, entry_id=version.entry_id, actor=scene.operator, at=NOW)
        assert validate_change_set(session, work) == []
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert place_at(session, 2, page_id=version.page_id) is None
        assert names_at(session, 2) == {"陳大"}


def test_a_missing_page_is_added_scanned_and_loaded(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_request(session, scene, rebuild_form(named(session, "陳大").page_id))
        work = change_set(session, request)
        page = add_page(
            session,
            change_set=work,
            volume_id=scene.volume.id,
            designation="0002",
            sequence=2,
            actor=scene.operator,
            at=NOW,
        )
        with pytest.raises(Conflict):
            add_page(
                session,
                change_set=work,
                volume_id=scene.volume.id,
                designation="0002",
                sequence=3,
                actor=scene.operator,
                at=NOW,
            )
        order_rescan(
            session,
            actor=scene.operator,
            request_id=request.id,
            pages=[PageToRescan(page.id, "缺頁")],
            at=NOW,
        )
        image = add_image(session, page, "first")
        batch = add_batch(session, scene, [(image, [proposal(0, "林新")])], request_id=request.id)
        receive_rescan(session, batch_id=batch.id, at=NOW)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert names_at(session, 2) == {"陳大", "林新"}
        assert len(places_at(session, current_edition(session), volume_id=scene.volume.id)) == 2


def test_the_database_itself_refuses_a_second_page_at_a_place_and_a_changed_version(
    holding: Holding,
) -> None:
    database = holding(published, "陳大", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        version_id = named(session, "陳大").id
        second = named(session, "林三").page_id
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(
            PublishedPlace(
                page_id=second,
                volume_id=scene.volume.id,
                sequence=1,
                from_edition=1,
                office_id=scene.office.id,
            )
        )
    with pytest.raises(AssertionError, match="immutable"), database.writing() as session:
        session.get_one(EntryVersion, version_id).ordinal = 5
