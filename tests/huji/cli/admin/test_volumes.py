"""huji admin register-volume, as it is typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from access.organisations.operations.add_office import add_office
from access.principal import SYSTEM
from huji.cli.main import main
from storage.catalogue.tables import Volume
from storage.database.engine import make_engine
from storage.database.session import Database
from tests.index_service.scene import NOW


@pytest.fixture
def house(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """One office."""
    monkeypatch.setenv("HUJI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HUJI_OBJECTS", f"files:{tmp_path / 'objects'}")
    database = Database(make_engine(sqlite_url))
    with database.writing() as session:
        add_office(session, actor=SYSTEM, code="63000070", name="萬華", at=NOW)
    return database


def _register(designation: str, series: str, *options: str) -> Result:
    named = ["--office", "63000070", "--series", series, *options]
    return CliRunner().invoke(main, ["admin", "register-volume", designation, *named])


def test_a_count_is_taken_of_a_volume_that_is_closed_and_of_no_other(house: Database) -> None:
    assert _register("甲-1", "colonial_register", "--pages", "212").exit_code == 0
    refused = _register("乙-1", "registration_application", "--pages", "212")
    assert refused.exit_code == 1
    assert "持續增加" in refused.output
    assert "open-ended" in refused.output
    assert _register("乙-1", "registration_application").exit_code == 0
    assert "No such series" in _register("丙-1", "unknown", "--pages", "3").output
    with house.reading() as session:
        found = session.scalars(select(Volume).order_by(Volume.created_at)).all()
    assert {one.designation: one.expected_pages for one in found} == {"甲-1": 212, "乙-1": None}
    house.dispose()
