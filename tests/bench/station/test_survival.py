"""The quick part of `python -m bench.station`: power cuts and line cuts, and every page there once."""

from pathlib import Path

import pytest

from bench.station.audit import audit
from bench.station.centre import running_centre
from bench.station.cut_line import cut_line
from bench.station.draw_scans import draw_scan
from bench.station.kill_station import kill_station
from ingest.station.api import StationApi
from ingest.station.sending.sender import Sender
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan
from tests.ingest.station.desks import open_spool, take_pages


@pytest.mark.parametrize("kills", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_power_cuts_lose_and_double_nothing(tmp_path: Path, sqlite_url: str, kills: int) -> None:
    found = kill_station(tmp_path, kills, seed=3, database=sqlite_url)
    assert found.survived, found
    assert (found.cuts, found.held) == (kills, 12)


@pytest.mark.parametrize("cuts", [5, pytest.param(20, marks=pytest.mark.slow)])
@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_line_cuts_lose_and_double_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, database: str, cuts: int
) -> None:
    found = cut_line(tmp_path, cuts, seed=5, database=request.getfixturevalue(database))
    assert found.survived, found
    assert found.cuts >= cuts
    assert found.held == found.scanned >= 10


def test_an_audit_sees_what_is_lost_double_or_changed(tmp_path: Path, sqlite_url: str) -> None:
    pages = [draw_scan(seed) for seed in (1, 2)]
    spool = open_spool(tmp_path / "spool")
    for scan in take_pages(spool, tmp_path, pages):
        keep_scan(spool, scan)
    sitting = close_volume(spool)
    with running_centre(tmp_path, ["甲-1"], sqlite_url) as centre:
        with StationApi(centre.address, centre.key) as api:
            Sender(spool, api, tidy=False).send_all()
        good = audit(centre, spool, {"甲-1": pages}, cuts=0)
        missing = audit(centre, spool, {"甲-1": [*pages, draw_scan(3)]}, cuts=0)
        changed = audit(centre, spool, {"甲-1": [pages[1], pages[0]]}, cuts=0)
        spool.append("acknowledged", sitting=sitting.id, ordinal=1)
        sitting.manifest["files"][0]["pages"][0]["designation"] = "9"
        lost = audit(centre, spool, {"甲-1": pages}, cuts=0)
    assert good.survived
    assert not missing.survived
    assert (changed.changed, changed.survived) == (2, False)
    assert (lost.lost, lost.survived) == (1, False)
