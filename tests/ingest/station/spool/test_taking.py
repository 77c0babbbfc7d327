"""Files on their way into the spool: cut off before the journal's line, they are taken again."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.station.errors import StationError
from ingest.station.hot_folder.watch import Watch
from ingest.station.judging.judge import Judge
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan, scan_again
from ingest.station.sitting.open_volume import open_volume
from ingest.station.spool import disk_room as disk
from ingest.station.spool.disk_room import disk_room
from ingest.station.spool.leftovers import clear_leftovers, lost_copies
from ingest.station.spool.lock import NAME, SpoolBusy, SpoolLock
from ingest.station.spool.spool import JOURNAL, Spool
from ingest.station.spool.take_file import FileChanged, copy_in, take_file
from ingest.station.spool.tidy import remove_originals, tidy_sitting
from tests.ingest.station.desks import open_spool, take


def test_a_copy_without_a_line_is_kept_until_it_was_taken_anew(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    source = tmp_path / "1.png"
    source.write_bytes(b"bytes")
    copy_in(spool, source)
    named = f"s000001-{hashlib.sha256(b'bytes').hexdigest()[:12]}.png"
    (spool.scans / named).write_bytes(b"bytes")  # and the power went before its line
    again = Spool(spool.folder)
    clear_leftovers(again)
    assert list(again.scans.iterdir()) == []
    assert lost_copies(again) == [again.lost / named]
    scan = take_file(again, copy_in(again, source), source.name, "b0001")
    assert again.path_of(scan.id).read_bytes() == source.read_bytes() == b"bytes"
    assert lost_copies(again) == []
    clear_leftovers(again)
    assert again.path_of(scan.id).exists()
    assert list(again.lost.iterdir()) == []


@pytest.mark.parametrize("left", [b"", b"\0" * 4000, b"garbage\n" * 90])
def test_with_its_journal_lost_a_spool_keeps_every_copy_and_tells(tmp_path: Path, left: bytes) -> None:
    spool = open_spool(tmp_path / "spool")
    scans = [take(spool, tmp_path / f"{number}.png", b"%d" % number) for number in range(3)]
    keep_scan(spool, scans[0])
    names = {spool.path_of(scan).name for scan in scans}
    for _ in range(2):
        (spool.folder / JOURNAL).write_bytes(left)
        again = Spool(spool.folder)
        clear_leftovers(again)
        assert again.state.sittings == {}
        assert {path.name for path in again.lost.iterdir()} >= names
        open_volume(again, "甲-1")
        take(again, tmp_path / "4.png", b"4")
    watch = Watch(again, tmp_path, Judge(None))
    assert str(again.lost) in " ".join(watch.lost() or ())
    assert len(lost_copies(again)) == 3


def test_what_the_station_did_not_name_is_not_cleared_away(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    for name in ("0001.png", "s1.png", "s000001-0001.png", "scan.part"):
        (spool.scans / name).write_bytes(b"somebody's")
    clear_leftovers(Spool(spool.folder))
    assert len(list(spool.scans.iterdir())) == 4


def test_a_file_that_changes_while_it_is_copied_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = open_spool(tmp_path / "spool")
    source = tmp_path / "1.png"
    source.write_bytes(b"half")
    real = Path.open

    def growing(self: Path, *arguments: object, **more: object) -> object:
        if self == source:
            with real(source, "ab") as file:
                file.write(b" more")
        return real(self, *arguments, **more)  # type: ignore[call-overload]  # handed on as it came

    monkeypatch.setattr(Path, "open", growing)
    with pytest.raises(FileChanged):
        copy_in(spool, source)


def test_a_second_program_is_refused_and_a_killed_one_frees_the_spool(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from ingest.station.spool.lock import SpoolLock;"
        "held = SpoolLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(SpoolBusy, match="Another station program"):
        SpoolLock(tmp_path)
    other.kill()
    other.wait()
    other.stdout.close()
    with SpoolLock(tmp_path), pytest.raises(SpoolBusy):
        SpoolLock(tmp_path)
    SpoolLock(tmp_path).release()


def test_a_damaged_lock_is_made_anew_and_still_held_by_one(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"garbage" * 300)
    with SpoolLock(tmp_path), pytest.raises(SpoolBusy):
        SpoolLock(tmp_path)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(StationError, match="may be written to"):
        SpoolLock(tmp_path)


def test_nothing_unacknowledged_is_tidied_away(tmp_path: Path) -> None:
    spool, hot = open_spool(tmp_path / "spool"), tmp_path / "hot"
    hot.mkdir()
    scans = [take(spool, hot / f"{number}.png", b"%d" % number) for number in range(3)]
    for scan in scans:
        keep_scan(spool, scan)
    sitting = close_volume(spool)
    spool.append("acknowledged", sitting=sitting.id, ordinal=1)
    tidy_sitting(spool, sitting)
    assert all(spool.path_of(scan).exists() for scan in scans)
    assert remove_originals(spool, hot) == ["0.png"]
    for ordinal in (2, 3):
        spool.append("acknowledged", sitting=sitting.id, ordinal=ordinal)
    spool.append("sent", sitting=sitting.id)
    (hot / "1.png").write_bytes(b"another scan under an old name")
    tidy_sitting(spool, sitting)
    assert not any(spool.path_of(scan).exists() for scan in scans)
    assert remove_originals(spool, hot) == ["2.png"]
    assert [path.name for path in hot.iterdir()] == ["1.png"]


def test_a_scan_nobody_decided_on_is_not_tidied_away_with_its_sitting(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    kept, aside = (take(spool, tmp_path / f"{name}.png", name.encode()) for name in ("kept", "aside"))
    keep_scan(spool, kept)
    scan_again(spool, aside)
    sitting = close_volume(spool)
    late = take_file(spool, copy_in(spool, tmp_path / "kept.png"), "late.png", sitting.id)
    spool.append("acknowledged", sitting=sitting.id, ordinal=1)
    spool.append("sent", sitting=sitting.id)
    tidy_sitting(spool, sitting)
    assert [path.name for path in spool.scans.iterdir()] == [late.file]


def test_a_disk_that_fills_is_told_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = {}
    for free in (50_000_000_000, 4_000_000_000, 220_000_000):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder, usage=usage: usage)
        levels[free] = disk_room(tmp_path, 26_000_000).level
    assert list(levels.values()) == ["green", "amber", "red"]
