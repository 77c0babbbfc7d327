"""The angle of written lines, on a page that has no rules or too few."""

import numpy as np

from imaging.skew.gather_marks import Marks
from imaging.skew.projection import (
    LEAST_PROMINENCE,
    WIDEST,
    Peak,
    share_of_fullest,
    sharpest_all_round,
    sharpest_angle,
)

_COARSE_PX = 4.0
_LEAST_OF_TWO, _WITNESSES_APART = 5.5, 0.4  # prominence of each, and degrees between them
_LEAST_UNCLEAR = 1200  # marks that two unclear peaks must rest on
_LEAST_MARKS = 150  # a dozen written strokes
_MOST_LOOSE, _MOST_IN_THREE = 2000, 0.4  # marks; of their score in three lines, where written lines are many


def angle_of_text(marks: Marks, lines: Peak) -> Peak | None:
    """Return the angle of written lines, with the prominence of its first look; None where none stands out.

    `lines` is what rules, if there are any, make of the page.
    """
    written = [(marks.strokes, marks.strokes)]
    peak = sharpest_angle(written, np.arange(-WIDEST, WIDEST + 0.1, 0.5), _COARSE_PX)
    if len(marks.strokes) < _LEAST_MARKS or peak.at_end or not _stands_out(marks, peak, lines):
        return None
    # Characters written in step make lines aslant, too: those of a page turned further must not be taken.
    if abs(sharpest_all_round(marks.strokes[::3], _COARSE_PX)) > WIDEST:
        return None
    near = peak.angle_deg + np.arange(-1.0, 1.01, 0.1)
    exact = sharpest_angle([*written, (marks.across, marks.down)], near, 1.0, soft=True)
    if exact.at_end or abs(exact.angle_deg) > WIDEST:
        return None
    return Peak(exact.angle_deg, peak.prominence)


def _stands_out(marks: Marks, text: Peak, lines: Peak) -> bool:
    """Return whether the strokes' angle is clear by itself, or clear enough where the lines' is the same.

    A few strokes or edges gather in as few lines, whatever their angle tells of the page.
    """
    few = len(marks.strokes) < _MOST_LOOSE
    if few and share_of_fullest(marks.strokes, text.angle_deg, _COARSE_PX, 3) > _MOST_IN_THREE:
        return False
    if text.prominence >= LEAST_PROMINENCE:
        return True
    agreed = (
        len(marks.strokes) >= _LEAST_UNCLEAR and abs(text.angle_deg - lines.angle_deg) <= _WITNESSES_APART
    )
    return agreed and min(text.prominence, lines.prominence) >= _LEAST_OF_TWO
