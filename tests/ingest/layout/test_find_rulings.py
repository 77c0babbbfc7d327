"""Ruled lines are found where they are, and writing is not taken for them."""

import numpy as np
import pytest

from ingest.layout.find_rulings import find_rulings
from tests.ingest.drawn_form import blank, rule, stain, wipe, write

COLUMNS, ROWS = (150, 450, 800, 1100, 1600), (100, 300, 620, 1000)


def near(found: list[float], expected: tuple[int, ...]) -> bool:
    return len(found) == len(expected) and np.allclose(found, expected, atol=1.5)


@pytest.mark.parametrize("level", [60, 150, 195])
def test_lines_are_where_they_were_drawn(level: int) -> None:
    """Dark and faded lines alike, to a pixel or so, in both directions."""
    rulings = find_rulings(rule(blank(), COLUMNS, ROWS, level=level))
    assert near([line.position for line in rulings.vertical], COLUMNS)
    assert near([line.position for line in rulings.horizontal], ROWS)


def test_broken_and_stained_lines_are_one_line_each() -> None:
    """Breaks and a stain across them change nothing."""
    page = rule(blank(), COLUMNS, ROWS)
    for y in (160, 380, 700, 900):
        page = wipe(page, 440, y, 460, y + 14)
    page = stain(page, 800, 620, 180)
    rulings = find_rulings(page)
    assert near([line.position for line in rulings.vertical], COLUMNS)
    assert near([line.position for line in rulings.horizontal], ROWS)


def test_a_blank_page_has_none() -> None:
    """Grain is no line."""
    rulings = find_rulings(blank())
    assert rulings.vertical == ()
    assert rulings.horizontal == ()


def test_lines_of_a_large_page_come_back_in_its_own_pixels() -> None:
    """The working size does not show."""
    rulings = find_rulings(rule(blank(2480, 3508), (400, 1200, 3000), (300, 1500, 2200), thickness=5))
    assert near([line.position for line in rulings.vertical], (400, 1200, 3000))
    assert near([line.position for line in rulings.horizontal], (300, 1500, 2200))


def test_a_column_of_strokes_is_no_long_line() -> None:
    """十 and 中 one below another have strokes in line, with gaps between them."""
    rulings = find_rulings(write(blank(2480, 3508), "十中十年十中", 900, 500))
    assert all(line.longest < 300 for line in rulings.vertical)


def test_a_page_of_nothing_but_grain_has_no_long_rule() -> None:
    grain = np.random.default_rng(5).choice([np.uint8(0), np.uint8(255)], (800, 1200))
    stretches = (stretch for rule in find_rulings(grain).vertical for stretch in rule.stretches)
    assert all(end - start < 200 for start, end in stretches)
