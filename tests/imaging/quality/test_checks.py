"""Each check passes a sound page and notices its own fault, and only that decides."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from imaging.quality import CHECKS, Finding, Thresholds, assess
from imaging.skew import SkewEstimate, estimate_skew
from tests.imaging.drawn_pages import ruled_form

SIZE = (1240, 1754)
LIMITS = replace(Thresholds(), longer_side_flag=1700)
STRAIGHT = SkewEstimate(0.0, 1.0, "rulings")


def drawn(**faults: Any) -> np.ndarray:
    return ruled_form(0, **{"size": SIZE, "thickness": 3, "stains": 1, **faults})


def found(page: np.ndarray, ppi: float | None = 300.0, skew: SkewEstimate = STRAIGHT) -> dict[str, Finding]:
    return {finding.check: finding for finding in assess(page, ppi, skew, LIMITS)}


def washed_out(page: np.ndarray) -> np.ndarray:
    return np.where(page > 190, 255, page).astype(np.uint8)


def white_paper(grain: float) -> np.ndarray:
    """Return a form on white paper as a JPEG gives it; the darker half of its grain stays below white."""
    page = drawn(stains=0, noise=0).astype(np.float32) * (255 / 225)
    page += np.random.default_rng(5).normal(0.5, 1, page.shape) * grain
    _, packed = cv2.imencode(".jpg", np.clip(np.rint(page), 0, 255).astype(np.uint8))
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def half_blurred() -> np.ndarray:
    page = drawn()
    page[1000:, 600:] = cv2.GaussianBlur(page[1000:, 600:], (0, 0), 3)
    return page


def test_a_sound_page_passes_every_check() -> None:
    findings = found(drawn())
    assert len(findings) == len(CHECKS) == 15
    assert {check: finding.verdict for check, finding in findings.items()} == dict.fromkeys(
        findings, "accept"
    )
    assert all(finding.where is None for finding in findings.values())


@pytest.mark.parametrize(
    ("check", "page", "verdict"),
    [
        ("blur", drawn(blur=3.2), "flag"),
        ("blur", drawn(blur=8, writing=1500), "refuse"),
        ("exposure", drawn(tone=95, ink=15), "flag"),
        ("exposure", drawn(tone=50, ink=5), "refuse"),
        # White paper is no fault; ink as light as this on it has been lit away.
        ("exposure", np.maximum(drawn(tone=254, noise=0), 120), "flag"),
        ("clipping", washed_out(drawn()), "flag"),
        ("clipping", np.where(drawn() > 190, 255, 0).astype(np.uint8)[::-1], "flag"),
        ("clipping", np.where(drawn() > 190, 0, 255).astype(np.uint8), "refuse"),
        ("contrast", drawn(ink=180, writing=0, stains=0), "flag"),
        ("contrast", drawn(ink=212, writing=0, stains=0, noise=1), "refuse"),
        # Rules lost in the grain: the page seems blank, yet more than grain is darker than the paper.
        ("contrast", drawn(ink=212, writing=0, stains=0), "flag"),
        ("noise", drawn(noise=19), "flag"),
        ("noise", drawn(noise=55), "refuse"),
        ("blank", drawn(columns=0, rows=0, writing=0), "flag"),
        ("cut_off", np.ascontiguousarray(drawn()[250:, 200:]), "flag"),
    ],
)
def test_each_fault_is_noticed_by_its_check(check: str, page: np.ndarray, verdict: str) -> None:
    finding = found(page)[check]
    assert finding.verdict == verdict
    assert any("\u4e00" <= letter <= "\u9fff" for letter in finding.zh)
    assert finding.en


def test_a_blank_page_is_not_refused_for_want_of_ink() -> None:
    """It is flagged as blank alone. What is too dark to be judged is refused, be it blank or not."""
    blank = found(drawn(columns=0, rows=0, writing=0, stains=0))
    assert {check for check, finding in blank.items() if finding.verdict != "accept"} == {"blank"}
    assert blank["contrast"].value < LIMITS.contrast_refuse
    dark = found((drawn(columns=0, rows=0, writing=0) * 0.2).astype(np.uint8))
    assert dark["exposure"].verdict == "refuse"


@pytest.mark.parametrize(("tone", "grain"), [(225, 3.0), (255, 0.0)])
def test_a_page_with_few_words_is_not_refused_for_want_of_ink(tone: int, grain: float) -> None:
    """A title page: its ink is dark, if little; the darkest hundredths of the page are mostly paper."""
    assert lines_on(tone, grain, 20)["blank"].verdict == "accept"
    assert lines_on(tone, grain, 20)["contrast"].verdict == "accept"
    assert lines_on(tone, grain, 200)["contrast"].verdict == "accept"
    faded = lines_on(tone, grain, 20, ink=0.12)
    assert faded["contrast"].verdict != "accept"


def lines_on(tone: int, grain: float, words: int, ink: float = 0.8) -> dict[str, Finding]:
    """The findings on a sheet with some words of five pixels' stroke."""
    mask = np.zeros((2480, 3508), np.uint8)
    for at in range(words):
        cv2.putText(mask, "8", (300 + at % 50 * 60, 300 + at // 50 * 120), 0, 2, 255, 5, cv2.LINE_AA)
    noise = np.random.default_rng(1).normal(0, 1, mask.shape) * grain
    page = tone * (1 - mask / 255 * ink) + noise
    return {one.check: one for one in assess(np.clip(page, 0, 255).astype(np.uint8), 300.0, STRAIGHT)}


BLANK = np.clip(np.random.default_rng(3).normal(238, 2, (1240, 1754)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("page", [BLANK, np.full((1240, 1754), 255, np.uint8)])
def test_no_blank_sheet_is_refused_not_even_a_wholly_white_one(page: np.ndarray) -> None:
    limits = Thresholds(chroma_flag=3.0, chroma_refuse=1.0)
    verdicts = {one.check: one.verdict for one in assess(page, 300.0, STRAIGHT, limits)}
    assert verdicts["blank"] == "flag"
    assert "refuse" not in verdicts.values()


@pytest.mark.parametrize(
    ("check", "page", "limits"),
    [
        ("blank", BLANK, {"ink_refuse": 0.0001}),
        ("cut_off", np.ascontiguousarray(drawn()[250:, 200:]), {"crossing_refuse": 3.0}),
        ("clipping", washed_out(drawn()), {"white_refuse": 0.5}),
        ("exposure", np.maximum(drawn(tone=254, noise=0), 120), {"ink_light_refuse": 115.0}),
        ("resolution", drawn(), {"ppi_refuse": 310.0}),
    ],
)
def test_a_series_may_refuse_what_is_never_refused_otherwise(
    check: str, page: np.ndarray, limits: dict[str, float]
) -> None:
    usual, own = LIMITS, LIMITS.with_overrides(limits)
    verdicts = [
        next(one.verdict for one in assess(page, 300.0, STRAIGHT, each) if one.check == check)
        for each in (usual, own)
    ]
    assert verdicts[0] in ("accept", "flag")
    assert verdicts[1] == "refuse"


def test_every_fault_has_its_place_on_the_page() -> None:
    """What is wrong all over is placed at the page, not at the ground that it lies on."""
    frame = np.full((2100, 1600), 90, np.uint8)
    frame[170:1924, 180:1420] = drawn()
    skewed = SkewEstimate(14.0, 1.0, "rulings")
    faults = [one for one in assess(frame, 100.0, skewed, LIMITS) if one.verdict != "accept"]
    assert {one.check for one in faults} >= {"skew", "resolution"}
    for one in faults:
        assert one.where is not None
        x0, y0, x1, y1 = one.where
        assert 160 <= x0 < x1 <= 1440
        assert 150 <= y0 < y1 <= 1944


def test_the_part_that_is_clipped_is_named() -> None:
    page = drawn()
    page[:700] = washed_out(page[:700])
    findings = assess(page, 300.0, STRAIGHT, replace(LIMITS, white_flag=0.3))
    finding = next(one for one in findings if one.check == "clipping")
    assert finding.verdict == "flag"
    assert finding.where is not None
    assert finding.where[3] <= 720


def test_the_part_whose_writing_is_faintest_is_named() -> None:
    page = (drawn(noise=0, stains=0) * 0.25 + 160).astype(np.uint8)
    page[1100:, 600:] = (page[1100:, 600:] * 0.6 + 86).astype(np.uint8)
    finding = found(page)["contrast"]
    assert finding.verdict == "flag"
    assert finding.where is not None
    assert finding.where[2] > 600
    assert finding.where[3] > 1100


@pytest.mark.parametrize(("grain", "verdict"), [(0.0, "accept"), (4.0, "flag")])
def test_white_paper_in_a_jpeg_has_lost_no_tone_but_where_its_grain_is_cut(
    grain: float, verdict: str
) -> None:
    page = white_paper(grain)
    assert np.count_nonzero((page >= 245) & (page < 255)) > 0.02 * np.count_nonzero(page == 255)
    assert found(page)["clipping"].verdict == verdict


@pytest.mark.parametrize(
    ("ppi", "verdict"), [(300.0, "accept"), (240.0, "flag"), (100.0, "refuse"), (None, "accept")]
)
def test_resolution_is_judged_by_what_is_stated(ppi: float | None, verdict: str) -> None:
    assert found(drawn(), ppi)["resolution"].verdict == verdict


@pytest.mark.parametrize("ppi", [None, 72.0, 300.0, 1200.0])
def test_focus_is_judged_by_no_resolution_that_cannot_be(ppi: float | None) -> None:
    """Cameras and programs write 72 ppi, and some 1200, whatever the page was scanned at."""
    sizes = {"size": (2480, 3508), "thickness": 4, "writing": 1500}
    assert found(drawn(**sizes), ppi)["blur"].verdict == "accept"
    assert found(drawn(**sizes, blur=8), ppi)["blur"].verdict == "refuse"


def test_focus_is_judged_at_the_resolution_that_is_stated() -> None:
    widths = [found(drawn(), ppi)["blur"].value for ppi in (150.0, 300.0)]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_without_a_stated_resolution_the_size_in_pixels_is_flagged_and_refuses_no_slip() -> None:
    small = drawn(size=(520, 736), thickness=2)
    own = LIMITS.with_overrides({"longer_side_refuse": 800})
    assert found(drawn(size=(620, 877), thickness=2), None)["resolution"].verdict == "flag"
    assert found(small, None)["resolution"].verdict == "flag"
    judged = {one.check: one.verdict for one in assess(small, None, STRAIGHT, own)}
    assert judged["resolution"] == "refuse"


@pytest.mark.parametrize(("angle", "verdict"), [(2.0, "accept"), (-7.0, "flag"), (14.0, "refuse")])
def test_skew_beyond_the_limit_is_noticed(angle: float, verdict: str) -> None:
    page = ruled_form(angle, size=SIZE, thickness=2)
    finding = found(page, 300.0, estimate_skew(page))["skew"]
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(angle, abs=0.05)


def test_a_part_out_of_focus_is_located() -> None:
    finding = found(half_blurred())["blur"]
    assert finding.verdict == "flag"
    assert finding.where is not None
    assert finding.where[0] >= 400
    assert finding.where[1] >= 800


def test_the_side_that_is_cut_off_is_named() -> None:
    finding = found(np.ascontiguousarray(drawn()[:, 200:]))["cut_off"]
    assert finding.where == (0, 0, 6, 1754)


def test_a_dark_ground_around_the_page_is_no_fault() -> None:
    frame = np.full((2100, 1600), 25, np.uint8)
    frame[170:1924, 180:1420] = drawn()
    findings = found(frame)
    assert {check for check, finding in findings.items() if finding.verdict != "accept"} == set()


def test_thresholds_are_the_callers() -> None:
    strict = replace(LIMITS, noise_flag=0.5)
    noise = next(finding for finding in assess(drawn(), 300.0, STRAIGHT, strict) if finding.check == "noise")
    assert noise.verdict == "flag"


def test_colour_and_grey_pixels_are_judged_alike() -> None:
    page = drawn()
    colour = np.repeat(page[..., None], 3, axis=2)
    assert [finding.verdict for finding in assess(colour, 300.0, STRAIGHT, LIMITS)] == [
        finding.verdict for finding in assess(page, 300.0, STRAIGHT, LIMITS)
    ]


def test_tiny_pages_are_judged_without_a_crash() -> None:
    assert len(assess(np.full((12, 9), 200, np.uint8), None, STRAIGHT)) == len(CHECKS)
