"""A rerun over a first load: proposals give way where nobody has been, and nowhere else; on both engines."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.http.problems import Invalid, Stale
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.operations.remove_change import remove_change
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.tables import Change
from index_service.editions.queries import current_edition
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, proposal, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_load,
    deliver_and_confirm,
    names_at,
    publish,
)
from tests.ingest.reruns.rereading import Read, same


@pytest.fixture
def loading(database: Database) -> Read:
    """Two pages of a first load that an operator has begun, and has opened none of."""
    with database.writing() as session:
        scene = set_scene(session)
        assign_and_start(session, scene, begin_load(session, scene, [["陳大", "陳二"], ["林三"]]))
    return Read(database, scene)


def _request(session: Session) -> Request:
    return session.scalars(select(Request)).one()


def _staged(session: Session) -> dict[str, Change]:
    change_set = change_set_of(session, _request(session).id)
    assert change_set is not None
    return {
        session.get_one(EntryVersion, one.new_version_id).fields["name"]["text"]: one
        for one in changes_of(session, change_set.id)
        if one.new_version_id is not None
    }


def _counts(volume: Read) -> dict[str, Any]:
    with volume.database.reading() as session:
        return dict(volume.rerun(session).counts or {})


def _confirm(session: Session, scene: Scene, name: str) -> None:
    change = _staged(session)[name]
    confirm_fields(
        session,
        actor=scene.operator,
        change_id=change.id,
        row_version=change.row_version,
        keys=["name"],
        at=NOW,
    )


def test_what_nobody_reviewed_gives_way_in_the_first_load_itself(loading: Read) -> None:
    first, second = loading.order()
    loading.read(first, same("陳太", "陳二"))
    loading.read(second, [*same("林三"), proposal(5, "新人", confidence=0.6)])
    counts = _counts(loading)
    wanted = {"images": 2, "unpublished": 2, "changes": 1, "proposed": 1, "under_way": 0}
    assert {key: counts[key] for key in wanted} == wanted
    with loading.database.reading() as session:
        staged = _staged(session)
        assert set(staged) == {"陳太", "陳二", "林三", "新人"}
        assert {one.action for one in staged.values()} == {"entry_created"}
        assert {(one.reviewed_by, one.staged_by) for one in staged.values()} == {(None, None)}
        assert all(one.item_id is not None for one in staged.values())
        assert (staged["新人"].least_confidence, staged["新人"].page_id) == (0.6, staged["林三"].page_id)
        version = session.get_one(EntryVersion, staged["陳太"].new_version_id)
        assert (version.number, version.fields["name"]["alternatives"][0]["text"]) == (2, "陳大")
        assert loading.rerun(session).request_id is None
        assert session.scalar(select(func.count(Request.id))) == 1
        assert current_edition(session) == 0


def test_on_a_page_read_as_empty_before_persons_are_proposed(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        begin_load(session, scene, [[]])
    loading = Read(database, scene)
    (run,) = loading.order()
    loading.read(run, same("陳大"))
    with database.reading() as session:
        assert _staged(session)["陳大"].item_id == items_of(session, _request(session).id)[0].id


def test_the_first_load_is_published_as_it_stands_then(loading: Read) -> None:
    first, second = loading.order()
    loading.read(first, same("陳太", "陳二"))
    loading.read(second, [*same("林三"), proposal(5, "新人")])
    with loading.database.writing() as session:
        request = _request(session)
        deliver_and_confirm(session, loading.scene, request)
        edition = publish(session, loading.scene, request)
        assert names_at(session, edition.number) == {"陳太", "陳二", "林三", "新人"}
        assert_regions_on_their_images(session)


def test_an_operator_who_saw_what_gave_way_is_told_so(loading: Read) -> None:
    with loading.database.reading() as session:
        seen = _staged(session)["陳大"]
    first, second = loading.order()
    loading.read(first, same("陳太", "陳二"))
    loading.read(second, same("林三"))
    with loading.database.writing() as session, pytest.raises(Stale):
        confirm_fields(
            session,
            actor=loading.scene.operator,
            change_id=seen.id,
            row_version=seen.row_version,
            keys=["name"],
            at=NOW,
        )


def test_a_page_that_a_person_was_at_is_not_read(loading: Read) -> None:
    with loading.database.writing() as session:
        _confirm(session, loading.scene, "陳二")
    (run,) = loading.order()
    loading.read(run, same("林五"))
    with loading.database.reading() as session:
        assert set(_staged(session)) == {"陳大", "陳二", "林五"}


def test_a_page_reviewed_while_it_was_read_is_left_alone(loading: Read) -> None:
    first, second = loading.order()
    loading.commit(first, same("陳太", "陳太二"))
    with loading.database.writing() as session:
        _confirm(session, loading.scene, "陳二")
    loading.read(second, same("林三"))
    counts = _counts(loading)
    assert (counts["changes"], counts["under_way"], counts["unpublished"]) == (0, 2, 1)
    with loading.database.reading() as session:
        assert set(_staged(session)) == {"陳大", "陳二", "林三"}


def test_a_line_struck_out_is_not_proposed_again(loading: Read) -> None:
    first, second = loading.order()
    with loading.database.writing() as session:
        change = _staged(session)["陳二"]
        remove_change(
            session,
            actor=loading.scene.operator,
            change_id=change.id,
            row_version=change.row_version,
            at=NOW,
        )
    loading.read(first, same("陳太", "陳二"))
    loading.read(second, same("林三"))
    with loading.database.reading() as session:
        assert set(_staged(session)) == {"陳大", "林三"}


def test_what_is_delivered_is_its_offices(loading: Read) -> None:
    first, second = loading.order()
    loading.commit(first, same("陳太", "陳二"))
    with loading.database.writing() as session:
        deliver_request(session, actor=loading.scene.operator, request_id=_request(session).id, at=NOW)
    loading.read(second, same("林五"))
    counts = _counts(loading)
    assert (counts["changes"], counts["under_way"], counts["unpublished"]) == (0, 3, 0)
    with loading.database.reading() as session:
        assert set(_staged(session)) == {"陳大", "陳二", "林三"}
    with pytest.raises(Invalid, match="沒有可重新辨識的影像"):
        loading.order()
