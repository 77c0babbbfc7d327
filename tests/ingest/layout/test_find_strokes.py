"""Cancelling strokes are lifted whole; red writing is not taken for one, nor a stroke for a ruling."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.layout.find_cells import find_cells
from ingest.layout.find_strokes import find_strokes
from ingest.layout.separate_seals import separate_seals
from tests.ingest.layout.test_find_seals import RED, paper, written

BLACK = (30, 28, 28)


def test_a_column_of_red_writing_is_no_stroke() -> None:
    """A note of thirteen red glyphs, close together, stays as dark as it was written."""
    page = written(paper(), "民國八十一年一月十日死亡除戶", 300, 200, RED)
    separated = separate_seals(page)
    assert separated.strokes is None
    plain = separate_seals(written(paper(), "民國八十一年一月十日死亡除戶", 300, 200, BLACK)).gray
    read, wanted = (gray[200:1100, 300:360] < 120 for gray in (separated.gray, plain))
    assert (read & wanted).sum() > 0.8 * wanted.sum()


def test_a_stroke_within_a_name_is_lifted_and_the_name_stays() -> None:
    """Black glyphs hide the stroke here and there; its visible pieces are one stroke all the same."""
    page = np.ascontiguousarray(written(paper(), "鄭氏香", 400, 300, BLACK))
    before = separate_seals(page).gray
    cv2.line(page, (428, 280), (436, 520), RED, 7)
    page[before < 120] = BLACK
    separated = separate_seals(page)
    assert separated.strokes is not None
    assert not separated.written.any()
    bare = before > 200
    around = (slice(270, 530), slice(390, 470))
    assert separated.gray[around][bare[around]].min() > 150
    assert separated.gray[around][before[around] < 60].max() < 110


def test_a_stroke_ends_where_red_writing_begins() -> None:
    """The note below, whose first stem is in line with the stroke, is kept."""
    page = np.ascontiguousarray(written(paper(), "民國八十", 400, 700, RED))
    cv2.line(page, (408, 150), (408, 640), RED, 7)
    found = separate_seals(page).strokes
    assert found is not None
    assert found[160:630, 408].all()
    assert not found[710:].any()


def test_a_stroke_parts_no_cell() -> None:
    """A red line down through two rows of a table leaves its six cells as they are."""
    page = np.ascontiguousarray(paper())
    for x in (100, 400, 700, 900):
        cv2.line(page, (x, 100), (x, 1100), BLACK, 3)
    for y in (100, 600, 1100):
        cv2.line(page, (100, y), (900, y), BLACK, 3)
    cv2.line(page, (550, 120), (552, 1080), RED, 7)
    separated = separate_seals(page)
    assert len(find_cells(separated.gray, separated.strokes).cells) == 6


def test_no_ink_no_stroke() -> None:
    """A blank mask gives a blank mask."""
    blank: NDArray[np.uint8] = np.zeros((80, 60), np.uint8)
    assert not find_strokes(blank).any()


def test_a_thin_straight_red_fringe_is_a_rule() -> None:
    """The coloured edge that a scanner gives a printed rule is no stroke: the rule must be found."""
    ink: NDArray[np.uint8] = np.zeros((300, 120), np.uint8)
    ink[40:260, 60] = 255
    assert not find_strokes(ink).any()
    ink[40:260, 60:63] = 255
    assert find_strokes(ink).any()
