"""Volumes are listed whole, stretch by stretch, though two offices use one designation."""

from index_service.entries.volume_queries import list_volumes
from storage.catalogue.tables import Volume
from storage.database.session import Database
from tests.index_service.scene import NOW, SERIES, set_scene


def test_volumes_of_one_designation_are_not_lost_between_two_stretches(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        name = scene.volume.designation
        other = Volume(office_id=scene.other_office.id, series_key=SERIES, designation=name, created_at=NOW)
        session.add(other)
        session.flush()
        first = list_volumes(session, actor=scene.ministry, limit=1)
        after = (first[0].designation, first[0].id)
        rest = list_volumes(session, actor=scene.ministry, after=after, limit=1)
        assert {row.id for row in (*first, *rest)} == {scene.volume.id, other.id}
        assert list_volumes(session, actor=scene.ministry, after=(name, rest[0].id)) == []
