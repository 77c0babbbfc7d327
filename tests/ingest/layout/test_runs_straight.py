"""A ruled line is told from glyphs whose edges stand one below another."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.layout.runs_straight import runs_straight

Gray = NDArray[np.uint8]
LENGTH, MIDDLE = 400, 30


def paper() -> Gray:
    grain = np.random.default_rng(7).normal(200, 4, (61, LENGTH))
    return np.clip(grain, 0, 255).astype(np.uint8)


def ruled(drift: float = 0.0) -> Gray:
    page = paper()
    for x in range(LENGTH):
        y = MIDDLE + round(drift * (x / LENGTH - 0.5))
        page[y : y + 2, x] = 120
    return page


def column_of_glyphs() -> Gray:
    """Glyphs 22 high with 8 between them; the outer stroke of each stands where it pleases."""
    page, rng = paper(), np.random.default_rng(3)
    for start in range(4, LENGTH - 22, 30):
        y = MIDDLE + int(rng.integers(-2, 3))
        page[y : y + 2, start : start + 22] = 110
        page[y - 20 : y, start + 4 : start + 6] = 110
    return page


@pytest.mark.parametrize("drift", [0.0, 5.0])
def test_a_rule_runs_straight_even_where_it_leans(drift: float) -> None:
    assert runs_straight(ruled(drift), MIDDLE, 0, LENGTH)


def test_a_broken_rule_runs_straight_all_the_same() -> None:
    page = ruled()
    page[:, 100:190] = paper()[:, 100:190]
    assert runs_straight(page, MIDDLE, 0, LENGTH)


def test_a_dashed_rule_runs_straight_all_the_same() -> None:
    page = ruled(3.0)
    for start in range(0, LENGTH, 24):
        page[:, start : start + 12] = paper()[:, start : start + 12]
    assert runs_straight(page, MIDDLE, 0, LENGTH)


def test_the_edges_of_a_column_of_glyphs_do_not() -> None:
    assert not runs_straight(column_of_glyphs(), MIDDLE, 0, LENGTH)


def test_a_line_at_the_rim_is_taken_to() -> None:
    assert runs_straight(column_of_glyphs(), 3, 0, LENGTH)
