"""What the station says about a scan."""

import functools
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.pages import Kind, PageSpec, draw_page, draw_volume
from bench.quality.scan_again import scan_again
from imaging.quality import assess
from imaging.skew import SkewEstimate
from ingest.station.judging.find_double import Earlier
from ingest.station.judging.judge import Judge
from ingest.station.judging.judge_scan import judge_scan
from ingest.station.judging.verdict import lamps, make_verdict
from tests.imaging.drawn_files import multi_tiff, saved

Page = NDArray[np.uint8]


@pytest.fixture(scope="module")
def page() -> Page:
    """A register page of 300 ppi, drawn."""
    return _draw(4001)


@functools.cache
def _draw(seed: int) -> Page:
    drawn, _ = draw_page(PageSpec(file="p", persons=4, skew_deg=0.4), np.random.default_rng(seed))
    found = np.asarray(drawn, dtype=np.uint8)
    found.setflags(write=False)
    return found


def _judge(
    folder: Path,
    pixels: Page,
    scan: str = "s000001",
    earlier: tuple[Earlier, ...] = (),
    *,
    spread: bool = False,
) -> dict[str, str]:
    path = folder / f"{scan}.tif"
    path.write_bytes(saved(pixels, "TIFF", dpi=(300, 300)))
    verdict = judge_scan(path, path.name, folder, scan, earlier, spread=spread)
    return {
        "level": verdict["level"],
        **{lamp["key"]: lamp["level"] for lamp in verdict["lamps"]},
    }


def test_a_good_page_is_green_and_its_picture_is_kept(page: Page, tmp_path: Path) -> None:
    found = _judge(tmp_path, page)
    assert {key: found[key] for key in ("level", "sharp", "whole", "straight", "new", "light")} == {
        "level": "green",
        "sharp": "green",
        "whole": "green",
        "straight": "green",
        "new": "green",
        "light": "green",
    }
    picture = cv2.imread(str(tmp_path / "s000001.jpg"))
    assert picture is not None
    assert max(picture.shape) >= 1400


def test_each_fault_lights_its_own_lamp(page: Page, tmp_path: Path) -> None:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 8, 1.0)
    turned = np.asarray(
        cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 5), dtype=np.uint8)
    assert _judge(tmp_path, blurred)["sharp"] != "green"
    assert _judge(tmp_path, turned)["straight"] != "green"
    assert _judge(tmp_path, page[: height * 2 // 3, width // 4 :])["whole"] != "green"
    assert _judge(tmp_path, (page * 0.2).astype(np.uint8))["light"] != "green"


def test_a_page_scanned_again_is_told_from_its_neighbour(page: Page, tmp_path: Path) -> None:
    _judge(tmp_path, page)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    moved = np.roll(page, (9, -14), (0, 1))
    noisy = np.clip(moved + np.random.default_rng(1).normal(0, 4, moved.shape), 0, 255).astype(np.uint8)
    assert _judge(tmp_path, noisy, "s000002", before)["new"] != "green"
    assert _judge(tmp_path, _draw(4002), "s000003", before)["new"] == "green"


@pytest.mark.parametrize(("turn", "said"), [(1, "逆時針橫放"), (2, "上下顛倒"), (3, "順時針橫放")])
def test_a_page_on_its_side_or_its_head_is_told_beside_those_before(
    page: Page, tmp_path: Path, turn: int, said: str
) -> None:
    _judge(tmp_path, _draw(4002))
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    assert _judge(tmp_path, page, "s000002", before)["straight"] == "green"
    turned = np.ascontiguousarray(np.rot90(page, turn))
    path = tmp_path / "s000003.tif"
    path.write_bytes(saved(turned, "TIFF", dpi=(300, 300)))
    verdict = judge_scan(path, path.name, tmp_path, "s000003", before)
    (lamp,) = [lamp for lamp in verdict["lamps"] if lamp["key"] == "straight"]
    assert (lamp["level"], verdict["level"]) == ("amber", "amber")
    assert said in lamp["faults"][0]["zh"]


def test_a_spread_on_its_head_is_told(tmp_path: Path) -> None:
    drawn = draw_volume(3, 77, width=1754, height=1240, kind=Kind.SPREAD)
    *first, last = (np.asarray(one.pixels, dtype=np.uint8) for one in drawn)
    for number, spread in enumerate(first):
        _judge(tmp_path, spread, f"s00000{number}", spread=True)
    before = tuple(
        Earlier(f"s00000{number}", tmp_path / f"s00000{number}.writing", "頁", "page") for number in range(2)
    )
    assert _judge(tmp_path, last, "s000003", before, spread=True)["straight"] == "green"
    upended = np.ascontiguousarray(np.rot90(last, 2))
    assert _judge(tmp_path, upended, "s000004", before, spread=True)["straight"] == "amber"


def test_a_spread_whose_gutter_is_not_found_breaks_nothing(page: Page, tmp_path: Path) -> None:
    halves = np.hstack([page[::2, ::2], _draw(4002)[::2, ::2]])
    path = tmp_path / "s000001.tif"
    path.write_bytes(saved(halves, "TIFF", dpi=(300, 300)))
    assert "undecodable" not in judge_scan(path, path.name, tmp_path, "s000001", spread=True)


def test_a_page_of_another_form_is_not_taken_for_a_turned_one(page: Page, tmp_path: Path) -> None:
    _judge(tmp_path, page)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    other, _ = draw_page(
        PageSpec(file="p", persons=3, series="initial_registration_application"), np.random.default_rng(51)
    )
    assert _judge(tmp_path, np.asarray(other, np.uint8), "s000002", before)["straight"] == "green"


def test_a_spread_scanned_again_is_told_from_another(tmp_path: Path) -> None:
    drawn = draw_volume(2, 4010, width=1754, height=1240, kind=Kind.SPREAD)
    first, other = (np.asarray(one.pixels, dtype=np.uint8) for one in drawn)
    _judge(tmp_path, first, spread=True)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    again = scan_again(first, np.random.default_rng(1))
    assert _judge(tmp_path, again, "s000002", before, spread=True)["new"] != "green"
    assert _judge(tmp_path, other, "s000003", before, spread=True)["new"] == "green"
    # One page is the same, the other is not: the leaf was turned.
    half = first.shape[1] // 2
    shared = np.hstack([other[:, :half], first[:, half:]])
    assert _judge(tmp_path, shared, "s000004", before, spread=True)["new"] == "green"


def test_a_spread_with_a_blank_page_scanned_again_is_told(tmp_path: Path) -> None:
    """The last spread of a book: one page is written, the other is bare, and bare pages are all alike."""
    drawn = draw_volume(2, 4010, width=1754, height=1240, kind=Kind.SPREAD)
    first, other = (_bare_left(np.asarray(one.pixels, dtype=np.uint8)) for one in drawn)
    _judge(tmp_path, first, spread=True)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    again = scan_again(first, np.random.default_rng(1))
    assert _judge(tmp_path, again, "s000002", before, spread=True)["new"] != "green"
    assert _judge(tmp_path, other, "s000003", before, spread=True)["new"] == "green"


def _bare_left(spread: Page) -> Page:
    edge = spread.shape[1] // 2 - 60
    shown = spread.astype(float)
    grain = np.random.default_rng(2).normal(0, 2, (spread.shape[0], edge, 1))
    shown[:, :edge] = np.median(shown[:, :edge], axis=(0, 1)) + grain
    return np.clip(shown, 0, 255).astype(np.uint8)


def test_cloth_as_light_as_the_paper_is_told_by_its_colour(page: Page, tmp_path: Path) -> None:
    """As much of the sheet lies under strokes as without the cloth, as the centre's pipeline says too."""
    sheet = np.asarray(cv2.resize(page, (1754, 1240), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    frame = np.empty((1900, 2600, 3), np.uint8)
    frame[:] = (190, 230, 190)
    frame[300:1540, 400:2154] = sheet
    assert _inked(tmp_path, frame) == pytest.approx(_inked(tmp_path, sheet), rel=0.2)


def _inked(folder: Path, pixels: Page) -> float:
    """The share under strokes; a limit of one asks for it."""
    (folder / "page.tif").write_bytes(saved(pixels, "TIFF", dpi=(300, 300)))
    verdict = judge_scan(folder / "page.tif", "page.tif", None, "s000001", limits={"ink_flag": 1.0})
    faults = [fault for lamp in verdict["lamps"] for fault in lamp["faults"]]
    return next(float(fault["value"]) for fault in faults if fault["check"] == "blank")


@pytest.mark.parametrize(
    ("limits", "level"),
    [
        ({}, "red"),
        ({"alike_sure": 1e9}, "amber"),
        ({"alike_sure": 1e9, "alike_alone": 1.1}, "green"),
        ({"alike_written": 1.0, "alike_sure": 0.5}, "green"),  # a blank form lights the lamp "whole"
    ],
)
def test_a_series_says_how_alike_is_the_same(
    page: Page, tmp_path: Path, limits: dict[str, float], level: str
) -> None:
    _judge(tmp_path, page)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    verdict = judge_scan(tmp_path / "s000001.tif", "1.tif", None, "s000002", before, limits=limits)
    assert next(lamp["level"] for lamp in verdict["lamps"] if lamp["key"] == "new") == level


@pytest.mark.parametrize("limits", [{"turned_least": 0.99}, {"turned_clearly": 0.99}])
def test_a_series_says_how_clearly_a_page_lies_turned(
    page: Page, tmp_path: Path, limits: dict[str, float]
) -> None:
    _judge(tmp_path, _draw(4002))
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    path = tmp_path / "s000003.tif"
    path.write_bytes(saved(np.ascontiguousarray(np.rot90(page, 2)), "TIFF", dpi=(300, 300)))
    for own, level in (({}, "amber"), (limits, "green")):
        verdict = judge_scan(path, path.name, None, "s000003", before, limits=own)
        assert next(lamp["level"] for lamp in verdict["lamps"] if lamp["key"] == "straight") == level


def test_two_blank_pages_are_no_page_scanned_twice(tmp_path: Path) -> None:
    bare = np.full((1240, 1754, 3), 225, np.uint8)
    _judge(tmp_path, bare)
    before = (Earlier("s000001", tmp_path / "s000001.writing", "第 1 頁", "page 1"),)
    assert _judge(tmp_path, bare, "s000002", before)["new"] == "green"


def test_a_blank_page_is_amber_for_being_blank_alone(tmp_path: Path) -> None:
    """Nothing about the light has to be put right: the crew says whether the leaf is bare."""
    grain = np.random.default_rng(3).normal(0, 2.5, (2480, 3508, 1))
    bare = np.clip(np.array([235, 228, 212]) + grain, 0, 255).astype(np.uint8)
    found = _judge(tmp_path, bare)
    assert (found["level"], found["whole"], found["light"]) == ("amber", "amber", "green")


def test_a_fingerprint_that_a_power_cut_left_short_is_passed_over(page: Page, tmp_path: Path) -> None:
    _judge(tmp_path, page)
    kept = tmp_path / "s000001.writing"
    kept.write_bytes(kept.read_bytes()[:-1])
    before = tuple(
        Earlier(scan, tmp_path / f"{scan}.writing", "頁", "page") for scan in ("s000001", "s000009")
    )
    assert _judge(tmp_path, page, "s000002", before)["new"] == "green"


def test_a_page_of_full_size_takes_less_than_two_seconds_of_a_core(page: Page, tmp_path: Path) -> None:
    """So that with the wait for a file at rest the verdict is there within three."""
    _judge(tmp_path, page)
    began = time.process_time()
    _judge(tmp_path, page)
    assert time.process_time() - began < 2.0


@pytest.mark.parametrize(("turn", "border", "level"), [(18, 0, "amber"), (25, 900, "red"), (40, 900, "red")])
def test_a_page_turned_further_than_is_told_is_not_called_straight(
    turn: float, border: int, level: str, tmp_path: Path
) -> None:
    """With ground on all four sides the paper's own edges tell how far, without it nothing does."""
    spec = PageSpec(file="p", width=1754, height=1240, skew_deg=turn, border=border // 2)
    drawn = np.asarray(draw_page(spec, np.random.default_rng(5))[0])
    frame = drawn if border else np.ascontiguousarray(drawn[300:-300, 400:-400])
    assert _judge(tmp_path, frame)["straight"] == level


def test_every_frame_of_a_file_is_judged(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "two.tif"
    dark = (page * 0.2).astype(np.uint8)
    path.write_bytes(multi_tiff([page, dark], dpi=(300, 300)))
    verdict = judge_scan(path, path.name, None, "s000001")
    assert (verdict["frames"], verdict["level"] == "green") == (2, False)


def test_what_is_no_image_or_cut_short_is_red(page: Page, tmp_path: Path) -> None:
    whole = saved(page, "JPEG")
    for name, data, growing in (
        ("a.jpg", whole[:-9000], True),
        ("b.jpg", b"", True),
        ("c.jpg", b"text", False),
    ):
        (tmp_path / name).write_bytes(data)
        verdict = judge_scan(tmp_path / name, name, None, "s000001")
        assert (verdict["level"], verdict["incomplete"]) == ("red", growing), name


def test_a_file_that_kills_or_stalls_the_decoder_is_red_and_the_next_is_judged(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(page[:400, :400], "PNG"))
    judge = Judge(None, patience=30)
    try:
        judge.warm()
        assert judge._process is not None
        judge._process.kill()
        judge._process.wait()
        assert "frames" in judge.judge(path, path.name, "s000001")
        judge._patience = 0.0
        assert judge.judge(path, path.name, "s000002")["undecodable"]
        judge._patience = 30
        assert "undecodable" not in judge.judge(path, path.name, "s000003")
    finally:
        judge.close()


def test_every_check_lights_a_lamp_of_its_own_and_no_lamp_waits_for_one_that_there_is_not() -> None:
    straight = SkewEstimate(0.0, 1.0, "rulings")
    checks = [one.check for one in assess(np.full((300, 200), 230, np.uint8), 300.0, straight)]
    named = [check for lamp in lamps() for check in lamp["checks"]]
    assert sorted(named) == sorted([*checks, "duplicate", "orientation"])


def test_a_check_unknown_to_the_lamps_is_shown_all_the_same() -> None:
    finding = {"check": "coffee", "verdict": "flag", "zh": "咖啡", "en": "coffee", "where": None}
    verdict = make_verdict([finding], frames=1)
    assert verdict["level"] == "amber"
    assert [lamp["key"] for lamp in verdict["lamps"] if lamp["faults"]] == ["other"]
    assert [lamp["key"] for lamp in lamps()][:4] == ["sharp", "whole", "straight", "new"]
