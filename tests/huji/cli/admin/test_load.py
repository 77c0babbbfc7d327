"""huji admin load, as it is typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from access.accounts.operations.create_account import create_account
from access.organisations.operations.add_office import add_office
from access.principal import SYSTEM
from domain.roles import Role
from huji.cli.main import main
from storage.database.engine import make_engine
from storage.database.session import Database
from tests.index_service.scene import NOW

STAFF = {
    "ministry": Role.MINISTRY_CLERK,
    "operator": Role.OPERATOR,
    "publisher": Role.PUBLISHER,
    "supervisor": Role.OFFICE_SUPERVISOR,
}
ENTRY = {"office": "63000070", "volume": "冊-1", "page": 1, "name": "陳明德"}


@pytest.fixture
def site(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One office with one account a role; gives where to write files."""
    monkeypatch.setenv("HUJI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HUJI_OBJECTS", f"files:{tmp_path / 'objects'}")
    database = Database(make_engine(sqlite_url))
    with database.writing() as session:
        office = add_office(session, actor=SYSTEM, code="63000070", name="萬華", at=NOW)
        for name, role in STAFF.items():
            own = {"office_id": office.id} if name == "supervisor" else {}
            create_account(
                session,
                actor=SYSTEM,
                username=name,
                display_name=name,
                password="a long enough password",
                roles=[role],
                at=NOW,
                **own,
            )
    database.dispose()
    return tmp_path


def run(site: Path, rows: list[object], *options: str) -> Result:
    file = site / "entries.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return CliRunner().invoke(main, ["admin", "load", str(file), *options])


def test_it_loads_once_and_says_so(site: Path) -> None:
    named = ["--operator", "operator", "--confirmer", "supervisor", "--publisher", "publisher"]
    first = run(site, [ENTRY], "--register-volumes", "--json", *named)
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert (told["entries"], told["editions"], len(told["requests"])) == (1, [1], 1)
    again = run(site, [ENTRY], "--json")
    assert again.exit_code == 0
    told = json.loads(again.stdout)
    assert (told["entries"], told["editions"], told["already_loaded"]) == (0, [], 1)


def test_an_unregistered_volume_is_refused_by_name(site: Path) -> None:
    refused = run(site, [ENTRY])
    assert refused.exit_code == 1
    assert "63000070 冊-1" in refused.output
    assert "--register-volumes" in refused.output


def test_every_defect_is_listed_and_nothing_loaded(site: Path) -> None:
    rows = [ENTRY, {**ENTRY, "name": ""}, {**ENTRY, "office": "1"}]
    refused = run(site, [*rows], "--register-volumes", "--json")
    assert refused.exit_code == 1
    assert [one["line"] for one in json.loads(refused.stdout)["defects"]] == [2, 3]
    assert "陳明德" not in refused.output
    assert json.loads(run(site, [ENTRY], "--register-volumes", "--json").stdout)["editions"] == [1]


@pytest.mark.parametrize(
    ("option", "user"), [("--operator", "publisher"), ("--confirmer", "ministry"), ("--publisher", "nobody")]
)
def test_who_does_not_hold_the_role_is_refused(site: Path, option: str, user: str) -> None:
    refused = run(site, [ENTRY], "--register-volumes", option, user)
    assert refused.exit_code == 1
    assert user in refused.output


def test_help_has_an_example() -> None:
    shown = CliRunner().invoke(main, ["admin", "load", "--help"])
    assert shown.exit_code == 0
    assert "huji admin load entries.jsonl" in shown.output
