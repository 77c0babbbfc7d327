"""Cells are matched one to one by their area."""

import numpy as np

from bench.layout.match_cells import CellScore, match_cells, overlap


def square(x: float, y: float, side: float) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])


def test_the_same_cell_overlaps_wholly_and_a_shifted_one_by_its_share() -> None:
    """A square shifted by a tenth of its side shares 9 of 11 tenths."""
    assert overlap(square(0, 0, 400), square(0, 0, 400)) == 1.0
    assert abs(overlap(square(0, 0, 400), square(40, 0, 400)) - 9 / 11) < 0.02
    assert overlap(square(0, 0, 400), square(500, 0, 400)) == 0.0


def test_a_found_cell_counts_once() -> None:
    """Two true cells and one found: half recall, full precision; the missed one is told."""
    score, missed = match_cells([square(0, 0, 400), square(400, 0, 400)], [square(4, 4, 396)])
    assert score == CellScore(2, 1, 1)
    assert (score.recall, score.precision) == (0.5, 1.0)
    assert missed == (1,)
