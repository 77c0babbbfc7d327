"""A page before and after is read by itself, whatever else its change set holds."""

from sqlalchemy import event

from index_service.changesets.comparison import compare_page
from index_service.changesets.tables import Change
from storage.database.session import Database
from tests.index_service.scene import find_scene, set_scene
from tests.index_service.walk import begin_correction, begin_load, change_set, changes, named, published
from tests.services.kept import Holding


def test_a_page_of_a_long_volume_is_compared_without_reading_the_others(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [[f"人{n}甲", f"人{n}乙"] for n in range(12)])
        staged = [one for one in changes(session, request) if one.action == "entry_created"]
        work, page_id = change_set(session, request), staged[0].page_id
        session.flush()
        session.expunge_all()
        read: list[object] = []
        event.listen(session, "loaded_as_persistent", lambda _, row: read.append(row))
        beside = compare_page(session, work, page_id)
        assert len(beside.entries) == 2
        assert {row.page_id for row in read if isinstance(row, Change)} == {page_id}
        assert beside.place_before is None
        assert beside.place_after is not None
        assert list(beside.images_after) == [1]


def test_what_a_set_leaves_alone_on_the_page_stands_on_both_sides(holding: Holding) -> None:
    database = holding(published, "陳大 陳二", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        beside = compare_page(session, change_set(session, request), named(session, "陳大").page_id)
        names = [(one.before, one.after) for one in beside.entries]
        assert [(a.fields["name"]["text"], b.fields["name"]["text"]) for a, b in names if a and b] == [
            ("陳大", "陳太"),
            ("陳二", "陳二"),
        ]
