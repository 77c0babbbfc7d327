"""A volume on a disk: whole or not there, and what the centre imports."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.station.draw_scans import draw_scan
from ingest.bags.check_bag import check_bag
from ingest.bags.open_source import open_source
from ingest.station.bag.export_sitting import export_sitting, find_sitting
from ingest.station.bag.verify_bag import BadBag, verify_bag
from ingest.station.cli import station
from ingest.station.errors import StationError
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_as_slip, keep_scan
from ingest.station.spool.spool import Spool
from tests.ingest.station.desks import open_spool, take

ON = date(2026, 11, 21)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A spool with a closed volume of three pages and a slip; one name holds a percent sign."""
    found = open_spool(tmp_path / "spool")
    for place, name in enumerate(("一.png", "50%.png", "c.png")):
        keep_scan(found, take(found, tmp_path / name, draw_scan(place)))
    keep_as_slip(found, take(found, tmp_path / "slip.png", draw_scan(9)))
    close_volume(found)
    return found


def _export(spool: Spool, disk: Path) -> Path:
    disk.mkdir(exist_ok=True)
    sitting = find_sitting(spool.state, "甲-1")
    return export_sitting(spool, sitting, disk, station="S1", on=ON, copied=lambda count: None)


def test_the_centre_finds_nothing_wrong_with_a_bag(spool: Spool, tmp_path: Path) -> None:
    bag = _export(spool, tmp_path / "disk")
    assert verify_bag(bag) == 4
    checked = check_bag(open_source(bag))
    assert checked.defects == ()
    assert checked.batch is not None
    sitting = spool.state.sittings["b0001"]
    assert (checked.batch.station, checked.batch.idempotency_key) == ("S1", sitting.key)
    tag = json.loads((bag / "huji-manifest.json").read_text("utf-8"))
    assert {name: tag[name] for name in sitting.manifest} == sitting.manifest
    assert sorted(path.name for path in (bag / "data").iterdir())[0] == "0001_一.png"
    assert [path.name for path in bag.parent.iterdir()] == [bag.name]
    assert _export(spool, tmp_path / "disk") == bag


def test_a_bag_cut_off_has_no_name_and_goes_on(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, copies = tmp_path / "disk", iter([0, 0])
    disk.mkdir()
    sitting = find_sitting(spool.state, "b0001")

    def pull_out(count: int) -> None:
        if next(copies, None) is None:
            raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        export_sitting(spool, sitting, disk, station="S1", on=ON, copied=pull_out)
    (part,) = disk.iterdir()
    assert part.name.startswith(".")
    third = part / "data" / "0003_c.png"
    third.write_bytes(third.read_bytes()[:100])
    bag = _export(spool, disk)
    assert verify_bag(bag) == 4
    assert not part.exists()


def test_a_copy_gone_bad_in_the_spool_makes_no_bag(spool: Spool, tmp_path: Path) -> None:
    path = spool.path_of("s000002")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StationError, match="not what was scanned"):
        _export(spool, tmp_path / "disk")


def test_a_copy_gone_from_the_spool_is_told_and_not_the_disk_blamed(spool: Spool, tmp_path: Path) -> None:
    spool.path_of("s000002").unlink()
    with pytest.raises(StationError, match=r"copy of 50%.png is gone"):
        _export(spool, tmp_path / "disk")


@pytest.mark.parametrize("what", ["data/0001_一.png", "huji-manifest.json", "bag-info.txt", "extra", "gone"])
def test_a_bag_that_was_touched_is_told(spool: Spool, tmp_path: Path, what: str) -> None:
    bag = _export(spool, tmp_path / "disk")
    if what == "extra":
        (bag / "data" / "extra.png").write_bytes(b"x")
    elif what == "gone":
        (bag / "data" / "0003_c.png").unlink()
    else:
        with (bag / what).open("ab") as file:
            file.write(b" ")
    with pytest.raises(BadBag):
        verify_bag(bag)


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"])
@pytest.mark.parametrize("left", [None, b"\xff\xfe\x00", b"zz", b""])
def test_a_bag_whose_tag_files_are_gone_or_damaged_is_told_in_words(
    spool: Spool, tmp_path: Path, name: str, left: bytes | None
) -> None:
    bag = _export(spool, tmp_path / "disk")
    (bag / name).unlink()
    if left is not None:
        (bag / name).write_bytes(left)
    told = CliRunner().invoke(station, ["verify", str(bag)])
    assert (told.exit_code, name in told.output or "data/0001_" in told.output) == (1, True)
    assert "Errno" not in told.output
    assert isinstance(told.exception, SystemExit)


def test_what_is_open_gone_or_unknown_is_told(spool: Spool, tmp_path: Path) -> None:
    spool.append("tidied", sitting="b0001")
    with pytest.raises(StationError, match="has arrived"):
        _export(spool, tmp_path / "disk")
    with pytest.raises(StationError, match="No batch"):
        find_sitting(spool.state, "無")
