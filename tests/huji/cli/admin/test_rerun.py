"""huji admin rerun, as it is typed, over a page that the real pipeline reads."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from huji.cli.admin.rerun_report import report_of
from huji.cli.main import main
from index_service.editions.queries import current_edition, published_versions
from index_service.requests.tables import Request
from storage.catalogue.tables import PageImage, Volume
from storage.intake.tables import RecognitionResult, Rerun
from tests.index_service.walk import names_at
from tests.ingest.reruns.published import WRONG, Site, published_site


@pytest.fixture
def site(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """The page, in the house that the environment names."""
    monkeypatch.setenv("HUJI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HUJI_OBJECTS", f"files:{tmp_path / 'objects'}")
    monkeypatch.setenv("HUJI_REDIS_URL", f"unix://{tmp_path / 'none.sock'}")
    with published_site(sqlite_url, tmp_path / "objects") as found:
        yield found


def typed(*more: str) -> Result:
    """The command."""
    return CliRunner().invoke(main, ["admin", "rerun", "--volume", "板橋-0001", *more])


def test_a_trial_says_what_would_change_and_writes_nothing(site: Site) -> None:
    objects = {one.key for one in site.store.list()}
    result = typed("--dry-run", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["dry_run"], told["request"], told["counts"]["images"]) == (True, None, 1)
    assert [(one["page"], one["field"], one["before"], one["after"]) for one in told["changes"]] == [
        ("1", "name", WRONG, site.right)
    ]
    assert [(one["page"], one["fields"]["name"]) for one in told["new_entries"]] == [("1", site.missed)]
    assert (told["counts"]["unpaired_readings"], told["counts"]["proposed"]) == (1, 1)
    assert {one.key for one in site.store.list()} == objects
    with site.database.reading() as session:
        assert session.scalars(select(Rerun)).all() == []
        assert len(session.scalars(select(RecognitionResult)).all()) == 1
        assert len(session.scalars(select(Request)).all()) == 1


def test_a_rerun_here_opens_a_request_and_publishes_nothing(site: Site) -> None:
    result = typed("--here", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [(one["before"], one["after"]) for one in told["changes"]] == [(WRONG, site.right)]
    assert [one["fields"]["name"] for one in told["new_entries"]] == [site.missed]
    with site.database.reading() as session:
        request = session.scalars(select(Request).filter_by(number=told["request"])).one()
        assert (request.state, request.kind) == ("accepted", "index_correction")
        edition = current_edition(session)
        assert edition == 1
        assert WRONG in names_at(session, edition)
        assert len(session.scalars(select(PageImage)).all()) == 1
        assert len(session.scalars(select(RecognitionResult)).all()) == 2
        assert len(published_versions(session, edition)) >= 2
    again = json.loads(typed("--here", "--json").stdout)
    assert (again["request"], again["counts"]["under_way"], again["counts"]["changes"]) == (None, 2, 0)


def test_the_report_names_every_request_and_every_change(site: Site) -> None:
    """A thick volume is settled step by step, with a request a step; one of them may have been refused."""
    typed("--here", "--json")
    with site.database.writing() as session:
        rerun = session.scalars(select(Rerun)).one()
        # As though a second step had opened a request like the first.
        rerun.counts = {
            **(rerun.counts or {}),
            "more_requests": [str(rerun.request_id)],
            "refused": ["too_late"],
        }
        session.flush()
        report = report_of(session, rerun, session.get_one(Volume, rerun.volume_id))
        number = session.scalars(select(Request.number).filter_by(kind="index_correction")).one()
        assert (report.request, report.more_requests) == (number, [number])
    assert [(one.before, one.after) for one in report.changes] == 2 * [(WRONG, site.right)]
    shown = CliRunner().invoke(click.Command("tell", callback=lambda: report.tell(as_json=False)))
    assert f"{number}、{number}" in shown.stdout
    assert f"新增 new: {site.missed}" in shown.stdout
    told = ("entries not found again 0", "readings of no entry 1", "new entries 1", "in other hands 0")
    assert [words for words in told if words not in shown.stdout] == []
    assert "too_late" in shown.stderr


def test_what_cannot_be_ordered_is_said(site: Site) -> None:
    assert "There is no series" in typed("--series", "nothing", "--dry-run").stderr
    wrong = CliRunner().invoke(main, ["admin", "rerun", "--volume", "無此冊"])
    assert "There is no volume" in wrong.stderr
    assert "does not hold the role ministry_clerk" in typed("--clerk", "operator").stderr
