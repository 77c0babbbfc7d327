"""What is published is seen by edition, whole, and nothing else is."""

from sqlalchemy import select

from index_service.editions.queries import (
    current_edition,
    place_at,
    places_at,
    published_image_at,
    published_versions,
)
from index_service.editions.tables import Edition, PublishedEntry
from index_service.entries.queries import version_history
from storage.database.session import Database
from tests.index_service.scene import find_scene, set_scene
from tests.index_service.walk import (
    assign_and_start,
    begin_correction,
    begin_load,
    correct,
    deliver_and_confirm,
    named,
    names_at,
    publish,
    published,
)
from tests.services.kept import Holding


def test_staged_work_is_in_no_published_query_at_any_step(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大", "陳二"], ["林三"]])
        seen = [names_at(session, current_edition(session))]
        assign_and_start(session, scene, request)
        deliver_and_confirm(session, scene, request)
        seen.append(names_at(session, current_edition(session)))
        assert current_edition(session) == 0
        edition = publish(session, scene, request)
        assert seen == [set(), set()]
        assert edition.number == current_edition(session) == 1
        assert names_at(session, 1) == {"陳大", "陳二", "林三"}
        assert names_at(session, 0) == set()


def test_a_correction_is_seen_from_its_edition_on_and_the_former_value_before(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        assert names_at(session, current_edition(session)) == {"陳大", "陳二"}
        deliver_and_confirm(session, scene, request)
        assert names_at(session, current_edition(session)) == {"陳大", "陳二"}
        publish(session, scene, request)
        assert names_at(session, 2) == {"陳太", "陳二"}
        assert names_at(session, 1) == {"陳大", "陳二"}
        entry_id = named(session, "陳太").entry_id
        history = version_history(session, entry_id)
        assert [one.fields["name"]["text"] for one in history] == ["陳大", "陳太"]
        assert history[1].fields["name"]["provenance"] == "edited"
        assert history[1].fields["name"]["confirmed_by"] == str(scene.operator.account_id)
        assert history[1].fields["father"] == history[0].fields["father"]


def test_places_and_images_stand_from_their_edition_on(holding: Holding) -> None:
    database = holding(published, "陳大", "陳二")
    with database.writing() as session:
        scene = find_scene(session)
        places = places_at(session, 1, volume_id=scene.volume.id)
        assert [place.sequence for place in places] == [1, 2]
        assert places_at(session, 0, volume_id=scene.volume.id) == []
        page_id = named(session, "陳大").page_id
        image = published_image_at(session, 1, page_id=page_id)
        assert image is not None
        assert image.id == named(session, "陳大").image_id
        assert published_image_at(session, 0, page_id=page_id) is None
        place = place_at(session, 1, page_id=page_id)
        assert place is not None
        assert place.sequence == 1


def test_one_span_a_subject_is_open_and_spans_join(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        correct(session, scene, "陳太", "陳夫")
        rows = session.scalars(select(PublishedEntry).order_by(PublishedEntry.from_edition)).all()
        assert [(row.from_edition, row.to_edition) for row in rows] == [(1, 2), (2, 3), (3, None)]
        assert session.scalars(select(Edition.number).order_by(Edition.number)).all() == [1, 2, 3]


def test_published_versions_narrow_by_page_entry_and_office(holding: Holding) -> None:
    database = holding(published, "陳大 陳二", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        third = named(session, "林三")
        assert [v.id for v in published_versions(session, 1, page_id=third.page_id)] == [third.id]
        assert [v.id for v in published_versions(session, 1, entry_ids=[third.entry_id])] == [third.id]
        assert published_versions(session, 1, office_id=scene.other_office.id) == []
