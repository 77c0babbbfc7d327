"""What is round a place is its paper, whatever is written there."""

import cv2
import numpy as np
import pytest

from imaging.surroundings import surroundings


def paper() -> np.ndarray:
    """Paper that darkens from left to right, with thin strokes."""
    gray = np.tile(np.linspace(220, 180, 401).astype(np.uint8), (301, 1))
    gray[40:260:17, 30:370] = 60
    gray[30:270, 50:380:23] = 60
    return gray


@pytest.mark.parametrize("across", [3, 21, 25])
def test_it_is_the_median_round_each_place(across: int) -> None:
    found = surroundings(paper(), across)
    assert found.shape == (301, 401)
    apart = np.abs(found.astype(int) - cv2.medianBlur(paper(), across))
    assert np.percentile(apart, 99) <= 2


def test_strokes_are_left_out() -> None:
    assert surroundings(paper(), 25).min() > 170


def test_a_scrap_too_small_for_every_other_pixel_is_looked_at_whole() -> None:
    scrap = paper()[:40, :40]
    np.testing.assert_array_equal(surroundings(scrap, 25), cv2.medianBlur(scrap, 25))
