"""A page whose turn cannot be told is not called straight, nor refused for it."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from imaging.crop import estimate_crop
from imaging.quality import Finding, Thresholds, assess
from imaging.skew import estimate_skew
from tests.imaging.drawn_pages import ruled_form

Gray = np.ndarray
SIZE = (1240, 1754)
FAR = (18.0, -18.0, 25.0, 40.0)
THRESHOLDS = Thresholds(longer_side_flag=1000)


def skew_of(frame: Gray, limits: Thresholds = THRESHOLDS) -> Finding:
    """Judge a frame as the station does."""
    crop = estimate_crop(frame)
    x0, y0, x1, y1 = crop.box
    findings = assess(frame, 300.0, estimate_skew(frame[y0:y1, x0:x1]), limits, crop)
    by_name = {one.check: one for one in findings}
    unsure = by_name["skew_sure"]
    return by_name["skew"] if unsure.verdict == "accept" else unsure


def on_desk(page: Gray, angle: float) -> Gray:
    """Lay a page on a dark desk, all of it in view, turned counter-clockwise."""
    high, wide = page.shape
    side = int(np.hypot(high, wide)) + 80
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turn[:, 2] += (side - wide) / 2, (side - high) / 2
    return np.asarray(cv2.warpAffine(page, turn, (side, side), borderValue=(40,)), dtype=np.uint8)


def circles(angle: float = 0.0) -> Gray:
    page = ruled_form(angle, size=SIZE, columns=0, rows=0, writing=0)
    rng = np.random.default_rng(3)
    for x, y in rng.uniform((120, 120), (1120, 1634), (60, 2)).astype(int).tolist():
        cv2.circle(page, (x, y), int(rng.uniform(20, 90)), 60, 4)
    return page


def words(count: int, size: tuple[int, int] = SIZE) -> Gray:
    page = np.full(size[::-1], 225, np.uint8)
    for at in range(count):
        cv2.putText(page, "8", (200 + at % 3 * 60, 120 + at // 3 * 70), 0, 2, 60, 5, cv2.LINE_AA)
    return page


def cover() -> Gray:
    page = np.full(SIZE[::-1], 150, np.uint8)
    cv2.rectangle(page, (480, 200), (760, 900), 230, -1)
    cv2.putText(page, "8", (560, 500), 0, 4, 50, 9, cv2.LINE_AA)
    return page


@pytest.mark.parametrize("angle", FAR)
def test_a_page_turned_further_than_is_told_is_flagged(angle: float) -> None:
    found = skew_of(ruled_form(angle, size=SIZE, thickness=2))
    assert (found.check, found.verdict, found.where) == ("skew_sure", "flag", (0, 0, *SIZE))
    assert "歪斜不明" in found.zh
    assert "cannot be told" in found.en


def test_so_is_a_page_on_which_nothing_runs_straight() -> None:
    assert skew_of(circles()).verdict == "flag"


@pytest.mark.parametrize("angle", FAR)
@pytest.mark.parametrize("page", [ruled_form(0.0, size=SIZE, thickness=2), circles()])
def test_the_paper_s_own_sides_tell_the_turn_where_the_writing_does_not(page: Gray, angle: float) -> None:
    found = skew_of(on_desk(page, angle))
    assert found.verdict == "refuse"
    assert found.value == pytest.approx(angle, abs=0.5)
    assert found.where is not None


def test_paper_that_lies_straight_is_straight_whatever_is_written_on_it() -> None:
    found = skew_of(on_desk(circles(), 0.0))
    assert (found.verdict, found.value) == ("accept", pytest.approx(0.0, abs=0.3))


@pytest.mark.parametrize(
    "draw", [lambda: words(3), lambda: words(20), lambda: words(2, (360, 700)), cover, circles]
)
def test_covers_slips_and_pages_with_few_words_are_never_refused(draw: Callable[[], Gray]) -> None:
    assert skew_of(draw()).verdict in {"accept", "flag"}


def test_a_blank_page_has_a_flag_of_its_own() -> None:
    assert skew_of(words(0)).verdict == "accept"
    assert skew_of(ruled_form(0.0, size=SIZE, columns=0, rows=0, writing=0, stains=0)).verdict == "accept"


@pytest.mark.parametrize(
    ("limits", "verdict"),
    [({"skew_sure_refuse": 0.05}, "refuse"), ({"skew_sure_flag": 0.0}, "accept"), ({}, "flag")],
)
def test_a_series_says_what_an_unknown_turn_means_for_it(limits: dict[str, float], verdict: str) -> None:
    page = ruled_form(25.0, size=SIZE, thickness=2)
    assert skew_of(page, THRESHOLDS.with_overrides(limits)).verdict == verdict
