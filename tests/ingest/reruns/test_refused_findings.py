"""What is refused of a rerun's findings undoes nothing else, and is never called done; on both engines."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.tables import AuditEvent
from huji.cli.admin.rerun_report import RerunReport, report_of
from index_service.changesets.queries import change_set_of, changes_of
from index_service.entries.tables import EntryVersion
from index_service.requests.tables import Request
from ingest.reruns.operations import settle_rerun as settling
from storage.catalogue.tables import Volume
from storage.database.session import Database
from tests.index_service.scene import find_scene, proposal, set_scene
from tests.index_service.walk import begin_load, published
from tests.ingest.reruns.rereading import Read, same

# No value is surer than 1: the house takes no such entry.
BAD = proposal(5, "新人", confidence=1.5)


@pytest.fixture
def loading(database: Database) -> Read:
    """Two pages of a first load at which nobody has been."""
    with database.writing() as session:
        scene = set_scene(session)
        begin_load(session, scene, [["陳大"], ["林三"]])
    return Read(database, scene)


@pytest.fixture
def mixed(database: Database) -> Read:
    """A page published, and one of a first load."""
    with database.writing() as session:
        published(session, "陳大")
        scene = find_scene(session)
        begin_load(session, scene, [["林三"]])
    return Read(database, scene)


def _read(volume: Read, first: list[dict[str, Any]], second: list[dict[str, Any]]) -> dict[str, Any]:
    one, two = volume.order()
    volume.commit(one, first)
    volume.read(two, second)
    with volume.database.reading() as session:
        assert volume.rerun(session).state == "read"
        return dict(volume.rerun(session).counts or {})


def _told(counts: dict[str, Any]) -> tuple[int, int, int]:
    return counts["changes"], counts["proposed"], counts["unstaged"]


def _loading(session: Session) -> Request:
    """The first load that is not published."""
    return session.scalars(
        select(Request).filter_by(kind="first_load").order_by(Request.id.desc()).limit(1)
    ).one()


def _names(session: Session, request: Request) -> set[str]:
    change_set = change_set_of(session, request.id)
    assert change_set is not None
    return {
        session.get_one(EntryVersion, one.new_version_id).fields["name"]["text"]
        for one in changes_of(session, change_set.id)
        if one.new_version_id is not None
    }


def _report(session: Session, volume: Read) -> RerunReport:
    rerun = volume.rerun(session)
    return report_of(session, rerun, session.get_one(Volume, rerun.volume_id))


def test_a_page_that_is_refused_holds_up_no_other_of_its_first_load(loading: Read) -> None:
    counts = _read(loading, [*same("陳太"), BAD], same("林五"))
    assert _told(counts) == (1, 0, 2)
    assert counts["refused"] == ["fields_unknown"]
    with loading.database.reading() as session:
        # Nor is the page that was refused left half done.
        assert _names(session, _loading(session)) == {"陳大", "林五"}


def test_what_is_refused_in_a_first_load_leaves_the_published_its_request(mixed: Read) -> None:
    counts = _read(mixed, same("陳太"), [*same("林三"), BAD])
    assert _told(counts) == (1, 0, 1)
    assert "first_loads" not in counts
    with mixed.database.reading() as session:
        assert [one.fields["name"]["text"] for one in mixed.staged(session)] == ["陳太"]
        assert _names(session, _loading(session)) == {"林三"}
        report = _report(session, mixed)
        assert (report.failed, report.first_loads, len(report.changes)) == (True, [], 1)


def test_what_is_refused_of_the_published_leaves_the_first_load_what_gave_way(mixed: Read) -> None:
    counts = _read(mixed, [*same("陳太"), BAD], same("林五"))
    assert _told(counts) == (1, 0, 2)
    with mixed.database.reading() as session:
        load = _loading(session)
        assert mixed.rerun(session).request_id is None
        assert _names(session, load) == {"林五"}
        report = _report(session, mixed)
        assert (report.failed, report.request, report.first_loads) == (True, None, [str(load.number)])


def test_the_event_names_the_first_loads_and_what_was_refused(loading: Read) -> None:
    _read(loading, [*same("陳太"), BAD], same("林五"))
    with loading.database.reading() as session:
        (event,) = session.scalars(select(AuditEvent).filter_by(action="rerun.read"))
        wanted = {
            "first_loads": [str(_loading(session).id)],
            "changes": 1,
            "unstaged": 2,
            "refused": ["fields_unknown"],
        }
        assert {name: event.facts[name] for name in wanted} == wanted


def test_every_step_adds_to_what_was_refused(loading: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    counts = _read(loading, [*same("陳太"), BAD], [*same("林三"), BAD])
    assert _told(counts) == (0, 0, 3)
    assert counts["refused"] == ["fields_unknown"]


def test_the_report_says_so(loading: Read, capsys: pytest.CaptureFixture[str]) -> None:
    _read(loading, [*same("陳太"), BAD], same("林五"))
    with loading.database.reading() as session:
        report = _report(session, loading)
        number = _loading(session).number
    assert "unstaged" in report.counts
    assert "first_loads" not in report.counts
    report.tell(as_json=False)
    told = capsys.readouterr()
    assert "refused and not staged 2" in told.out
    assert f"First load {number}" in told.out
    assert "fields_unknown" in told.err


def test_where_nothing_is_refused_nothing_says_so(loading: Read) -> None:
    counts = _read(loading, [*same("陳太"), proposal(5, "新人")], same("林三"))
    assert _told(counts) == (1, 1, 0)
    assert "refused" not in counts
    with loading.database.reading() as session:
        assert not _report(session, loading).failed
