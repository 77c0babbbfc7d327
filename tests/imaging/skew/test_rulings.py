"""Lines of both directions, and how much each direction counts beside the other."""

import numpy as np

from imaging.skew.rulings import LineFit, both_families
from tests.imaging.drawn_pages import ruled_form

SIZE = (1754, 1240)


def weight(lines: list[LineFit]) -> float:
    return sum(line.weight for line in lines)


def test_both_directions_of_a_form_are_found() -> None:
    level, upright = both_families(ruled_form(0.1, size=SIZE, thickness=2))
    assert len(level) >= 7
    assert len(upright) >= 11
    slopes = [-line.slope for line in level] + [line.slope for line in upright]
    assert abs(float(np.degrees(np.median(slopes))) - 0.1) < 0.01


def test_a_pair_of_lines_counts_little_beside_many() -> None:
    level, upright = both_families(ruled_form(0.0, size=SIZE, thickness=2, rows=2, writing=0))
    assert 2 <= len(level) < 5
    assert weight(level) < 0.1 * weight(upright)


def test_a_pair_of_lines_alone_counts_as_it_is() -> None:
    form = ruled_form(0.0, size=SIZE, thickness=2, rows=2, columns=0, writing=0)
    level, upright = both_families(form)
    assert not upright
    assert weight(level) > 1e7
