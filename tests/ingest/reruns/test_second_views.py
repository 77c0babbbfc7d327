"""A page with a slip shows its persons twice, and a rerun proposes none of them twice; on both engines."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.changesets.operations.remove_change import remove_change
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.tables import Change
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, add_batch, add_image, add_page, proposal, set_scene
from tests.index_service.walk import assign_and_start, deliver_and_confirm, publish
from tests.ingest.reruns.rereading import Read, same

Names = tuple[str, ...]


def _loaded(database: Database, first: Names, second: Names) -> Read:
    """A first load, begun, of one page with a slip; the names that are read on view 1 and on view 2."""
    with database.writing() as session:
        scene = set_scene(session)
        page = add_page(session, scene, 1)
        one, two = add_image(session, page, "one"), add_image(session, page, "two", view=2)
        batch = add_batch(session, scene, [(one, same(*first)), (two, same(*second))])
        assign_and_start(session, scene, open_first_load(session, batch_id=batch.id, at=NOW))
    return Read(database, scene)


def _publish(volume: Read) -> None:
    with volume.database.writing() as session:
        (request,) = session.scalars(select(Request))
        deliver_and_confirm(session, volume.scene, request)
        publish(session, volume.scene, request)


def _read(volume: Read, first: list[dict[str, Any]], second: list[dict[str, Any]]) -> dict[str, Any]:
    """Read both views again; returns the counts."""
    one, two = volume.order()
    volume.read(one, first)
    volume.read(two, second)
    with volume.database.reading() as session:
        return dict(volume.rerun(session).counts or {})


def _staged(session: Session) -> list[tuple[str, int]]:
    """The name and the view of every entry that any request stages."""
    changes = [
        change
        for request in session.scalars(select(Request.id))
        for change in _changes(session, request)
        if change.new_version_id is not None
    ]
    versions = [session.get_one(EntryVersion, one.new_version_id) for one in changes]
    return sorted(
        (one.fields["name"]["text"], session.get_one(PageImage, one.image_id).view) for one in versions
    )


def _changes(session: Session, request_id: Any) -> list[Change]:
    change_set = change_set_of(session, request_id)
    return [] if change_set is None else list(changes_of(session, change_set.id))


@pytest.mark.parametrize("is_published", [False, True])
def test_whom_the_other_view_holds_is_not_proposed_again(database: Database, is_published: bool) -> None:
    volume = _loaded(database, ("陳大", "陳二"), ("陳大", "陳二"))
    if is_published:
        _publish(volume)
    counts = _read(volume, same("陳大", "陳二"), same("陳大", "陳二"))
    assert (counts["proposed"], counts["unpaired_readings"], counts["changes"]) == (0, 2, 0)
    with database.reading() as session:
        assert _staged(session) == [("陳二", 1), ("陳大", 1)]
        assert volume.rerun(session).request_id is None


@pytest.mark.parametrize("is_published", [False, True])
def test_nor_where_it_is_the_slip_that_holds_them(database: Database, is_published: bool) -> None:
    volume = _loaded(database, (), ("陳大",))
    if is_published:
        _publish(volume)
    counts = _read(volume, same("陳大"), same("陳大"))
    assert (counts["proposed"], counts["unpaired_readings"]) == (0, 1)
    with database.reading() as session:
        assert _staged(session) == [("陳大", 2)]


@pytest.mark.parametrize("is_published", [False, True])
def test_who_is_new_on_the_entries_own_view_is_proposed_once(database: Database, is_published: bool) -> None:
    volume = _loaded(database, ("陳大",), ("陳大",))
    if is_published:
        _publish(volume)
    again = [*same("陳大"), proposal(5, "新人")]
    counts = _read(volume, again, again)
    assert (counts["proposed"], counts["unpaired_readings"]) == (1, 3)
    with database.reading() as session:
        assert _staged(session) == [("新人", 1), ("陳大", 1)]


@pytest.mark.parametrize("is_published", [False, True])
def test_on_a_page_read_as_empty_each_person_is_proposed_once(database: Database, is_published: bool) -> None:
    volume = _loaded(database, (), ())
    if is_published:
        _publish(volume)
    counts = _read(volume, same("陳大"), same("陳大"))
    assert (counts["proposed"], counts["unpaired_readings"]) == (1, 2)
    with database.reading() as session:
        assert _staged(session) == [("陳大", 1)]


@pytest.mark.parametrize("is_published", [False, True])
def test_a_second_rerun_proposes_no_more_than_the_first(database: Database, is_published: bool) -> None:
    volume = _loaded(database, (), ())
    if is_published:
        _publish(volume)
    _read(volume, [], same("陳大"))
    counts = _read(volume, same("陳大"), [])
    assert (counts["proposed"], counts["unpaired_readings"]) == (0, 1)
    with database.reading() as session:
        assert _staged(session) == [("陳大", 2)]


def test_what_a_person_struck_out_the_slip_does_not_bring_back(database: Database) -> None:
    volume = _loaded(database, ("陳大",), ("陳大",))
    one, two = volume.order()
    with database.writing() as session:
        _strike_out(session, volume.scene)
    volume.read(one, same("陳大"))
    volume.read(two, same("陳大"))
    with database.reading() as session:
        assert _staged(session) == []


def test_a_slip_added_to_a_published_page_proposes_nothing(database: Database) -> None:
    """As its first load proposed nothing: the page has entries, and the operator decides."""
    volume = _loaded(database, ("陳大",), ("陳大",))
    _publish(volume)
    with database.writing() as session:
        slip = add_image(session, session.scalars(select(Page)).one(), "slip", view=3)
        batch = add_batch(session, volume.scene, [(slip, same("陳大"))])
        open_first_load(session, batch_id=batch.id, at=NOW)
    for run in volume.order():
        volume.read(run, same("陳大"))
    with database.reading() as session:
        counts = volume.rerun(session).counts or {}
        assert (counts["unpublished"], counts["proposed"], counts["unpaired_readings"]) == (1, 0, 2)


def _strike_out(session: Session, scene: Scene) -> None:
    (change,) = session.scalars(select(Change).filter_by(action="entry_created"))
    version = change.row_version
    remove_change(session, actor=scene.operator, change_id=change.id, row_version=version, at=NOW)
