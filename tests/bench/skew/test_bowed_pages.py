"""On a page that curls at its binding the rules along the binding tell the turn."""

import pytest

from bench.skew.__main__ import draw
from imaging.skew import estimate_skew


@pytest.mark.parametrize("seed", [13, 14, 16, 2002, 2043, 2073])
def test_the_lines_that_bow_count_for_less_than_those_that_do_not(seed: int) -> None:
    page, truth = draw("register_3", seed)
    assert estimate_skew(page).angle_deg == pytest.approx(truth, abs=0.02)
