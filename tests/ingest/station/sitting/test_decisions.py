"""Pages kept, scanned again, taken as slips, undone; and the manifests that come of it."""

import tempfile
import uuid
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.batches.check_manifest import check_manifest
from ingest.batches.schemas import Manifest
from ingest.station.cli import station
from ingest.station.judging.verdict import make_verdict
from ingest.station.sitting.check_volume import Review, check_volume
from ingest.station.sitting.close_volume import close_volume, leave_volume, reopen_volume
from ingest.station.sitting.decide_scan import drop_page, keep_as_slip, keep_scan, scan_again, undo_last
from ingest.station.sitting.open_volume import open_volume
from ingest.station.sitting.refusals import NotNow
from ingest.station.sitting.set_number import set_expected, set_number
from ingest.station.spool.next_page import later
from ingest.station.spool.spool import Spool
from ingest.station.spool.tidy import tidy_sitting
from tests.ingest.station.desks import GREEN, open_spool, take, take_pages


def _pages(spool: Spool) -> list[tuple[str, int]]:
    sitting = spool.state.sitting()
    assert sitting is not None
    return [(page.designation, page.view) for page in sitting.kept()]


def _review(spool: Spool, *have: str) -> Review:
    sitting = spool.state.sitting()
    assert sitting is not None
    return check_volume(spool.state, sitting, have, sitting.expected)


def test_a_volume_is_scanned_with_a_slip_a_rescan_and_an_undo(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    one, two, three, four, five = take_pages(spool, tmp_path, [b"1", b"2", b"3", b"4", b"5"])
    keep_scan(spool, one)
    keep_as_slip(spool, two)
    scan_again(spool, three)
    keep_scan(spool, four)
    keep_scan(spool, four)  # the answer was lost: pressed again
    assert _pages(spool) == [("1", 1), ("1", 2), ("2", 1)]
    undo_last(spool)
    set_number(spool, "12-1")
    keep_scan(spool, four)
    keep_scan(spool, five)
    assert _pages(spool) == [("1", 1), ("1", 2), ("12-1", 1), ("13", 1)]
    assert _review(spool).missing == tuple(str(number) for number in range(2, 13))


@pytest.mark.parametrize(
    ("page", "count", "next_page"),
    [("1", 1, "2"), ("0009", 1, "0010"), ("12-1", 1, "13"), ("封面", 1, "1"), ("甲3", 2, "甲5")],
)
def test_the_next_number(page: str, count: int, next_page: str) -> None:
    assert later(page, count) == next_page


def test_what_does_not_fit_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    scan = take(spool, tmp_path / "1.png", b"1")
    before = spool.state.n
    for act in (
        lambda: keep_as_slip(spool, scan),
        lambda: keep_scan(spool, "s999999"),
        lambda: undo_last(spool),
        lambda: close_volume(spool),
        lambda: drop_page(spool, scan),
        lambda: open_volume(spool, "乙"),
        lambda: set_number(spool, " "),
        lambda: set_expected(spool, 0),
    ):
        with pytest.raises(NotNow):
            act()
    assert spool.state.n == before
    scan_again(spool, scan)
    with pytest.raises(NotNow, match="undo"):
        keep_scan(spool, scan)


def test_before_closing_what_is_missing_double_and_flagged_is_told(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", expected=5)
    blurred = make_verdict(
        [{"check": "blur", "verdict": "flag", "zh": "糊", "en": "blur", "where": None}], frames=1
    )
    one = take(spool, tmp_path / "1.png", b"1")
    two = take(spool, tmp_path / "2.png", b"2", blurred)
    again = take(spool, tmp_path / "3.png", b"3")
    keep_scan(spool, one)
    keep_scan(spool, two)
    set_number(spool, "2")
    assert _review(spool).blocks
    keep_scan(spool, again)
    review = _review(spool, "5")
    assert review.missing == ("3", "4")
    assert [page.scan for page in review.doubles] == [two, again]
    assert [page.scan for page in review.flagged] == [two]
    with pytest.raises(NotNow, match="Pages twice: 2"):
        close_volume(spool)
    drop_page(spool, two)
    assert close_volume(spool).scans == [one, again]


def test_a_volume_the_centre_does_not_know_is_reopened_under_another_name(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    keep_scan(spool, take(spool, tmp_path / "1.png", b"1"))
    first = close_volume(spool)
    key = first.key
    reopen_volume(spool, first.id, "乙-2")
    again = close_volume(spool)
    assert (again.manifest["volume"], again.key == key) == ("乙-2", False)
    spool.append("declared", sitting=again.id, batch="b")
    with pytest.raises(NotNow, match="on its way"):
        reopen_volume(spool, again.id, "甲-1")
    open_volume(spool, "丙")
    leave_volume(spool)
    assert spool.state.sitting() is None


def test_scans_of_a_volume_that_was_left_go_to_the_next(tmp_path: Path) -> None:
    """The wrong volume was on the desk: nothing scanned for it is lost, nor counted as arrived."""
    spool = open_spool(tmp_path / "spool", "甲-2")
    aside, one, two = take_pages(spool, tmp_path, [b"0", b"1", b"2"])
    scan_again(spool, aside)
    leave_volume(spool)
    left = spool.state.sittings["b0001"]
    assert (left.state, [scan.id for scan in spool.state.handed_on()]) == ("left", [one, two])
    where = ["--spool", str(spool.folder)]
    assert CliRunner().invoke(station, ["tidy", *where]).exit_code == 0
    told = CliRunner().invoke(station, ["status", *where]).output
    assert "b0001  甲-2  已放棄 left  未決定 undecided 2\n" in told
    assert all(spool.path_of(scan).exists() for scan in (one, two))
    spool = Spool(spool.folder)
    open_volume(spool, "甲-1")
    sitting = spool.state.sitting()
    assert sitting is not None
    assert [(scan.id, scan.verdict) for scan in spool.state.pending(sitting)] == [(one, None), (two, None)]
    assert Spool(spool.folder).state == spool.state
    tidy_sitting(spool, spool.state.sittings["b0001"])
    assert not spool.path_of(aside).exists()
    for scan in (one, two):
        spool.append("judged", scan=scan, verdict=GREEN)
        keep_scan(spool, scan)
    assert close_volume(spool).scans == [one, two]


def test_a_volume_left_as_journals_told_it_before_is_read_as_such(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    scan = take(spool, tmp_path / "1.png", b"1")
    spool.append("closed", sitting="b0001", manifest={}, key="", scans=[])
    spool.append("sent", sitting="b0001")
    assert spool.state.sittings["b0001"].state == "left"
    assert [one.id for one in spool.state.handed_on()] == [scan]
    spool.append("tidied", sitting="b0001")
    assert spool.state.handed_on() == []


def test_what_was_answered_for_a_manifest_counts_for_no_other(tmp_path: Path) -> None:
    """Whatever a journal holds of a sitting that is back on the desk, nothing of it counts as sent."""
    spool = open_spool(tmp_path / "spool")
    for scan in take_pages(spool, tmp_path, [b"1", b"2"]):
        keep_scan(spool, scan)
    sitting = close_volume(spool)
    spool.append("acknowledged", sitting=sitting.id, ordinal=1)
    spool.append("refused", sitting=sitting.id, ordinal=2, reason="bad")
    spool.append("reopened", sitting=sitting.id, volume="甲-1")
    new = take(spool, tmp_path / "3.png", b"3")
    keep_scan(spool, new)
    spool.append("declared", sitting=sitting.id, batch="old")
    for ordinal in (1, 2):
        spool.append("acknowledged", sitting=sitting.id, ordinal=ordinal)
    spool.append("sent", sitting=sitting.id)
    assert (sitting.state, sitting.batch, sitting.acknowledged, sitting.refused) == ("open", None, set(), {})
    tidy_sitting(spool, sitting)
    assert spool.path_of(new).exists()
    assert close_volume(spool).acknowledged == set()


def test_rescans_take_the_pages_ordered_in_turn(tmp_path: Path) -> None:
    request = str(uuid.uuid4())
    orders = [
        {"request_id": request, "designation": page, "view": view} for page, view in (("7", 1), ("12", 2))
    ]
    spool = open_spool(tmp_path / "spool", None)
    open_volume(spool, "甲-1", orders=orders)
    for scan in take_pages(spool, tmp_path, [b"a", b"b"]):
        keep_scan(spool, scan)
    assert _pages(spool) == [("7", 1), ("12", 2)]
    manifest = close_volume(spool).manifest
    assert (manifest["purpose"], manifest["request_id"]) == ("rescan", request)
    assert check_manifest(Manifest.model_validate(manifest)) == []


@pytest.mark.parametrize("first", ["right", "left"])
def test_a_spread_is_two_pages_of_one_frame(tmp_path: Path, first: str) -> None:
    spool = open_spool(tmp_path / "spool", spread=first)
    for scan in take_pages(spool, tmp_path, [b"a", b"b"]):
        keep_scan(spool, scan)
    manifest = close_volume(spool).manifest
    pages = [
        (page["designation"], page["frame"], page["side"])
        for file in manifest["files"]
        for page in file["pages"]
    ]
    other = "left" if first == "right" else "right"
    assert pages == [("1", 0, first), ("2", 0, other), ("3", 0, first), ("4", 0, other)]
    assert check_manifest(Manifest.model_validate(manifest)) == []


def test_names_fit_any_disk_and_no_two_are_alike(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    for place, name in enumerate(("頁:1?.png", "頁_1_.PNG", "a.png", "A.png")):
        keep_scan(spool, take(spool, tmp_path / name, b"%d" % place))
    names = [file["name"] for file in close_volume(spool).manifest["files"]]
    assert names == ["頁_1_.png", "頁_1_-2.PNG", "a.png", "A-2.png"]


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["keep", "keep", "keep", "slip", "again", "undo"]),
        st.sampled_from(["封面", "3", "3-1", "8", "0012", "12a"]),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=40)
@given(STEPS, st.integers(1, 3))
def test_whatever_the_crew_does_a_volume_that_closes_is_taken(steps: list[str], frames: int) -> None:
    """A sitting that may be closed has a manifest without a defect, and replays to the same state."""
    with tempfile.TemporaryDirectory() as name:
        spool = open_spool(Path(name, "spool"))
        verdict: dict[str, Any] = make_verdict([], frames=frames)
        for place, step in enumerate(steps):
            _step(spool, Path(name, f"{place}.png"), step, verdict)
        while (sitting := spool.state.sitting()) and (pending := spool.state.pending(sitting)):
            scan_again(spool, pending[0].id)
        assert Spool(spool.folder).state == spool.state
        try:
            closed = close_volume(spool)
        except NotNow:
            return
        assert check_manifest(Manifest.model_validate(closed.manifest)) == []
        assert len(closed.scans) == len(closed.manifest["files"])


def _step(spool: Spool, path: Path, step: str, verdict: dict[str, Any]) -> None:
    acts = {"keep": keep_scan, "slip": keep_as_slip, "again": scan_again}
    try:
        if step in acts:
            sitting = spool.state.sitting()
            assert sitting is not None
            pending = spool.state.pending(sitting)
            scan = pending[0].id if pending else take(spool, path, path.name.encode(), verdict)
            acts[step](spool, scan)
        elif step == "undo":
            undo_last(spool)
        else:
            set_number(spool, step)
    except NotNow:
        return
