"""The spool's journal: replayed after a cut at any byte, and never twice."""

import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ingest.station.cli import station
from ingest.station.sitting.decide_scan import keep_scan, scan_again, undo_last
from ingest.station.spool.lines import JournalDamaged, append_event, pack_line, read_events
from ingest.station.spool.spool import JOURNAL, Spool
from tests.ingest.station.desks import open_spool, take_pages


def _worked(folder: Path) -> Spool:
    spool = open_spool(folder / "spool")
    scans = take_pages(spool, folder, [b"one", b"two", b"three"])
    keep_scan(spool, scans[0])
    scan_again(spool, scans[1])
    undo_last(spool)
    keep_scan(spool, scans[1])
    return spool


def test_what_was_done_is_there_after_a_restart(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    assert Spool(spool.folder).state == spool.state
    sitting = spool.state.sitting()
    assert sitting is not None
    assert [page.designation for page in sitting.kept()] == ["1", "2"]
    assert sitting.next == "3"


def test_a_cut_at_any_byte_loses_one_event_at_the_most(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    whole = (spool.folder / JOURNAL).read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == 10]
    cut = tmp_path / "cut.jsonl"
    for length in range(len(whole) + 1):
        cut.write_bytes(whole[:length])
        found = [event["n"] for _, event in read_events(cut)]
        # A line whose last byte alone is missing is whole too.
        complete = sum(end - 1 <= length for end in ends)
        assert found == list(range(1, complete + 1)), length


def test_after_a_torn_line_the_next_is_read(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    journal = spool.folder / JOURNAL
    for tail in (b'0badc0de {"n":99,"ev', b"\0" * 40, b"\xff\xfe\n"):
        before = Spool(spool.folder).state.n
        with journal.open("ab") as file:
            file.write(tail)
        again = Spool(spool.folder)
        assert again.state.n == before
        again.append("numbered", sitting="b0001", next="7")
        assert Spool(spool.folder).state.sittings["b0001"].next == "7"
        assert Spool(spool.folder).state.n == before + 1


def test_lines_written_twice_count_once(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    journal = spool.folder / JOURNAL
    journal.write_bytes(journal.read_bytes() * 2)
    assert Spool(spool.folder).state == spool.state


@pytest.mark.parametrize("line", [1, 2, 5, 8])
def test_a_line_spoilt_or_gone_among_others_is_told_by_its_number(tmp_path: Path, line: int) -> None:
    """Whatever follows is not guessed at, and nothing is touched."""
    spool = _worked(tmp_path)
    journal = spool.folder / JOURNAL
    lines = journal.read_bytes().splitlines(keepends=True)
    assert len(lines) > 8
    spoilt = lines[line - 1][:20] + b"#" + lines[line - 1][21:]
    for damage in ([spoilt], []):
        journal.write_bytes(b"".join([*lines[: line - 1], *damage, *lines[line:]]))
        with pytest.raises(JournalDamaged, match=f"Line {line} "):
            Spool(spool.folder)
    where = ["--spool", str(spool.folder)]
    (tmp_path / "hot").mkdir()
    for command in (
        ["run", *where, "--hot", str(tmp_path / "hot"), "--no-browser"],
        ["status", *where],
        ["tidy", *where],
        ["export", "甲-1", str(tmp_path), *where],
    ):
        told = CliRunner().invoke(station, command)
        assert (told.exit_code, "another --spool folder" in told.output) == (1, True), command
    assert len(list(spool.scans.iterdir())) == 3


def test_a_line_that_tells_of_what_no_line_told_is_named(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    line = len((spool.folder / JOURNAL).read_bytes().splitlines()) + 1
    append_event(
        spool.folder / JOURNAL, {"n": spool.state.n + 1, "event": "judged", "scan": "s9", "verdict": 1}
    )
    with pytest.raises(JournalDamaged, match=f"Line {line} "):
        Spool(spool.folder)


def test_a_line_whose_writing_was_told_to_have_failed_gives_way_to_the_next(tmp_path: Path) -> None:
    """The disk took the line and refused the sync: the crew was told, and pressed something else."""
    spool = _worked(tmp_path)
    failed = {"n": spool.state.n + 1, "event": "numbered", "sitting": "b0001", "next": "99"}
    append_event(spool.folder / JOURNAL, failed)
    spool.append("numbered", sitting="b0001", next="7")
    assert Spool(spool.folder).state == spool.state


def test_an_event_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    spool = _worked(tmp_path)
    append_event(spool.folder / JOURNAL, {"n": spool.state.n + 1, "event": "weighed", "grams": 7})
    again = Spool(spool.folder)
    assert again.state.sittings == spool.state.sittings
    assert again.state.n == spool.state.n + 1


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=30) | st.integers(), max_size=5), st.data())
def test_a_spoilt_line_is_told_from_a_whole_one(members: dict[str, object], data: st.DataObject) -> None:
    line = pack_line({**members, "n": 1})
    assert line.count(b"\n") == 1
    place = data.draw(st.integers(9, len(line) - 2))
    spoilt = line[:place] + bytes([line[place] ^ data.draw(st.integers(1, 255))]) + line[place + 1 :]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "journal")
        path.write_bytes(line)
        assert list(read_events(path)) == [(1, {**members, "n": 1})]
        path.write_bytes(spoilt)
        assert list(read_events(path)) == []
