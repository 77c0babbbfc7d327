"""On a page that is all but blank the little that is written is found; a written page is looked at whole."""

import cv2
import numpy as np
import pytest

from imaging.arrays import Gray
from imaging.written_part import written_part
from tests.imaging.drawn_pages import ruled_form

WIDE, HIGH = 3508, 2480


def paper() -> Gray:
    grain = np.random.default_rng(1).normal(0, 2.5, (HIGH, WIDE))
    return np.clip(225 + grain, 0, 255).astype(np.uint8)


def test_bare_paper_and_dust_have_none() -> None:
    page = paper()
    assert written_part(page) is None
    for x, y in np.random.default_rng(2).integers(60, 2400, (80, 2)):
        cv2.circle(page, (int(x), int(y)), 3, 60, -1)
    assert written_part(page) is None


@pytest.mark.parametrize(("x", "y"), [(1700, 1200), (15, 70), (3300, 2440)])
def test_a_word_is_in_the_part_wherever_it_stands(x: int, y: int) -> None:
    """With room round it, and within the page; the rest is left out."""
    page = paper()
    cv2.putText(page, "VOID", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 40, 4)
    found = written_part(page)
    assert found is not None
    x0, y0, x1, y1 = found
    assert x0 <= x
    assert y0 <= y - 30
    assert x1 >= min(WIDE, x + 140)
    assert y1 >= y
    assert 0 <= x0 < x1 <= WIDE
    assert 0 <= y0 < y1 <= HIGH
    assert (x1 - x0) * (y1 - y0) < WIDE * HIGH / 4


def test_a_written_page_and_a_scrap_are_looked_at_whole() -> None:
    page = ruled_form(0, size=(1240, 1754), thickness=3)
    assert written_part(page) == (0, 0, 1240, 1754)
    assert written_part(np.full((90, 300), 230, np.uint8)) == (0, 0, 300, 90)
    assert written_part(np.full((5, 5), 230, np.uint8)) == (0, 0, 5, 5)
