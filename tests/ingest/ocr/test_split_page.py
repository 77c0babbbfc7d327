"""Large pages are searched part by part, cut where nothing is written."""

import numpy as np

from ingest.ocr.split_page import AROUND, LARGEST, split_page


def test_parts_together_are_the_page_and_cut_no_line() -> None:
    """A page with writing on its left and right is cut between; what is shown is a little more."""
    page = np.full((1400, 2000, 3), 220, np.uint8)
    page[60:1340:6, 80:900] = 40
    page[60:1340:6, 1060:1920] = 40
    parts = list(split_page(page))
    assert sum((x1 - x0) * (y1 - y0) for (x0, y0, x1, y1), _ in parts) == 1400 * 2000
    assert all((x1 - x0) * (y1 - y0) <= LARGEST for (x0, y0, x1, y1), _ in parts)
    assert 900 <= parts[0][0][2] <= 1060
    assert parts[0][1][2] == parts[0][0][2] + AROUND


def test_a_small_page_stays_whole() -> None:
    """Nothing is gained by cutting it."""
    assert len(list(split_page(np.full((800, 600, 3), 200, np.uint8)))) == 1
