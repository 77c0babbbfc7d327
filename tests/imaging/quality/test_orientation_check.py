"""A page of which nobody can tell which way up it stands is flagged once, for a person to turn."""

import numpy as np
import pytest

from imaging.orientation import UNKNOWN_ORIENTATION, OrientationEstimate
from imaging.quality import Finding, Thresholds, assess, assess_turn
from imaging.skew import SkewEstimate
from tests.imaging.drawn_pages import ruled_form

STRAIGHT = SkewEstimate(0.0, 1.0, "rulings")
PAGE = (0, 0, 1754, 1240)
LABELS = OrientationEstimate(0, 0.75, "labels")
READING = OrientationEstimate(180, 0.5625, "reading")
"""Of a turn that is told at all, no confidence is less: three labels, or three glyphs hardly readable."""


def judged(page: np.ndarray, turn: OrientationEstimate, limits: Thresholds | None = None) -> list[Finding]:
    own = assess(page, 300.0, STRAIGHT, limits)
    found = assess_turn(turn, own, limits, PAGE)
    assert found[:-1] == own
    return [one for one in found if one.check in ("blank", "orientation") and one.verdict != "accept"]


def written() -> np.ndarray:
    return ruled_form(0, size=(1240, 1754), thickness=3)


def test_a_page_that_nobody_can_turn_is_flagged_with_its_measure() -> None:
    (finding,) = judged(written(), UNKNOWN_ORIENTATION)
    assert (finding.check, finding.value, finding.verdict, finding.where) == (
        "orientation",
        0.0,
        "flag",
        PAGE,
    )
    assert "方向不明(把握 0%" in finding.zh
    assert "on its side" in finding.en


@pytest.mark.parametrize("turn", [LABELS, READING])
def test_a_page_whose_turn_is_told_is_not(turn: OrientationEstimate) -> None:
    assert judged(written(), turn) == []


def test_a_blank_page_is_flagged_as_blank_alone() -> None:
    page = np.full((1240, 1754), 230, np.uint8)
    assert [one.check for one in judged(page, UNKNOWN_ORIENTATION)] == ["blank"]


def test_a_site_may_ask_for_more() -> None:
    """A series' `[quality]` draws the line where it wants it."""
    strict = Thresholds().with_overrides({"orientation_flag": 0.9})
    assert [one.check for one in judged(written(), LABELS, strict)] == ["orientation"]
