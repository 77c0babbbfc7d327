"""A page whose rulings run alike all over it needs no look for perspective; one photographed aslant does."""

import cv2
import numpy as np
import pytest

from imaging.perspective import estimate_perspective
from imaging.skew import estimate_skew
from tests.imaging.drawn_pages import ruled_form

WIDTH, HEIGHT = 2104, 1488


def aslant(narrower: int) -> np.ndarray:
    """A form whose right side is so many pixels shorter at either end than its left one."""
    whole = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    seen = whole + np.array([[0, 0], [0, narrower], [0, -narrower], [0, 0]], np.float32)
    form = ruled_form(0.0, size=(WIDTH, HEIGHT), thickness=3)
    return np.asarray(cv2.warpPerspective(form, cv2.getPerspectiveTransform(whole, seen), (WIDTH, HEIGHT),
                                          borderValue=(225,)))  # fmt: skip


@pytest.mark.parametrize("degrees", [0.0, 1.3, -6.0])
def test_a_flat_scan_is_parallel(degrees: float) -> None:
    gray = ruled_form(degrees, size=(WIDTH, HEIGHT), thickness=3)
    skew = estimate_skew(gray)
    assert skew.parallel
    assert estimate_perspective(gray, skew.angle_deg).method == "none"


@pytest.mark.parametrize("narrower", [12, 30, 80])
def test_a_page_whose_lines_converge_is_not(narrower: int) -> None:
    gray = aslant(narrower)
    assert not estimate_skew(gray).parallel


def test_a_page_without_rulings_is_not() -> None:
    assert not estimate_skew(np.full((HEIGHT, WIDTH), 225, np.uint8)).parallel
