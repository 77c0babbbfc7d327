"""A drawn page is the same for the same seed, and its truth says what can be seen on it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.pages import DrawnPage, PageSpec, draw_page
from bench.pages.geometry import Box

SMALL = PageSpec(width=1200, height=850)


def darkness(page: DrawnPage) -> NDArray[np.int16]:
    """How much darker each pixel is than the paper about it: large on ink, whatever the stains."""
    grey = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), 21)
    return np.asarray(paper, np.int16) - np.asarray(grey, np.int16)


def part(pixels: NDArray[np.int16], box: Box) -> NDArray[np.int16]:
    return pixels[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]


def measured_skew(pixels: NDArray[np.uint8]) -> float:
    """The turn at which the rows of dark pixels differ most, found by trying:
    nothing of the drawing is used.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    sharp = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((7, 7), np.uint8))
    sharp[:30], sharp[-30:] = 0, 0

    def peaks(degrees: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
        rows = cv2.warpAffine(sharp, turn, (width, height)).sum(axis=1, dtype=np.float64)
        return float((rows**2).sum())

    coarse = max(np.arange(-4.5, 4.51, 0.25), key=peaks)
    fine = max(np.arange(coarse - 0.3, coarse + 0.31, 0.05), key=peaks)
    return float(max(np.arange(fine - 0.06, fine + 0.061, 0.01), key=peaks))


def test_the_same_seed_draws_the_same_page() -> None:
    first, first_truth = draw_page(SMALL, np.random.default_rng(5))
    again, again_truth = draw_page(SMALL, np.random.default_rng(5))
    assert np.array_equal(first, again)
    assert first_truth == again_truth


def test_another_seed_draws_another_page() -> None:
    first, first_truth = draw_page(SMALL, np.random.default_rng(5))
    other, other_truth = draw_page(SMALL, np.random.default_rng(6))
    assert not np.array_equal(first, other)
    assert first_truth.entries != other_truth.entries


def test_a_harder_page_says_the_same() -> None:
    truths = [draw_page(replace(SMALL, severity=level), np.random.default_rng(5))[1] for level in range(4)]
    assert all(truth.entries == truths[0].entries for truth in truths)
    assert truths[0].skew_deg == 0
    assert truths[0].seals == ()


def test_a_clean_page_is_black_on_white() -> None:
    pixels, _ = draw_page(replace(SMALL, severity=0), np.random.default_rng(5))
    assert np.median(pixels) == 255


def test_text_boxes_hold_ink_and_blank_cells_none(small_volume: list[DrawnPage]) -> None:
    for page in small_volume:
        dark = darkness(page)
        seals = [seal.box for seal in page.truth.seals]
        for cell in page.truth.cells:
            if cell.ink is not None:
                assert (part(dark, cell.ink) > 50).mean() > 0.04, (page.truth.file, cell.text)
            elif not any(seal.overlaps(cell.box) for seal in seals):
                assert (part(dark, cell.box.inset(14)) > 90).mean() < 0.01, (page.truth.file, cell.field)


def test_text_lies_inside_its_cell(small_volume: list[DrawnPage]) -> None:
    for page in small_volume:
        for cell in page.truth.cells:
            if cell.ink is not None:
                assert cell.box.union(cell.ink) == cell.box, (page.truth.file, cell.text)


def test_everything_lies_on_the_page(small_volume: list[DrawnPage]) -> None:
    for page in small_volume:
        truth = page.truth
        assert all(0 <= x <= truth.width and 0 <= y <= truth.height for x, y in truth.frame)
        assert all(truth.crop.union(cell.box) == truth.crop for cell in truth.cells)


@pytest.mark.parametrize("skew", [-4.0, 0.0, 0.42])
def test_the_rulings_are_turned_as_told(skew: float) -> None:
    pixels, truth = draw_page(replace(SMALL, skew_deg=skew), np.random.default_rng(3))
    assert truth.skew_deg == skew
    assert measured_skew(pixels) == pytest.approx(skew, abs=0.04)


def test_a_positive_skew_lifts_the_right_side() -> None:
    _, truth = draw_page(replace(SMALL, skew_deg=2.0), np.random.default_rng(3))
    top_left, top_right = truth.frame[0], truth.frame[1]
    assert top_right[1] < top_left[1]


def test_a_severity_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="runs from 0 to 3"):
        draw_page(replace(SMALL, severity=4), np.random.default_rng(1))


def test_a_form_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="the forms are ko, otsu, hei"):
        draw_page(replace(SMALL, form="tei"), np.random.default_rng(1))
