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
    assert len(findings) == len(CHECKS) == 14
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
        ("clipping", washed_out(drawn()), "flag"),
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


def test_without_a_stated_resolution_the_size_in_pixels_decides() -> None:
    assert found(drawn(size=(620, 877), thickness=2), None)["resolution"].verdict == "flag"


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
