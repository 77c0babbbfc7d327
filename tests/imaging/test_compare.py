"""One page scanned twice is told from two pages of one form."""

import cv2
import numpy as np
import pytest

from imaging.compare import hamming, perceptual_hash, same_page
from imaging.transform import for_deskew, warp
from tests.imaging.drawn_pages import ruled_form, worn

SIZE = (1240, 1754)


def rescanned(page: np.ndarray, seed: int) -> np.ndarray:
    """The page scanned again: shifted, turned a little, brighter, softer, with other grain."""
    turn = cv2.getRotationMatrix2D((620, 877), 0.15, 1.004)
    turn[:, 2] += (7, -5)
    moved = np.asarray(cv2.warpAffine(page, turn, SIZE, borderMode=cv2.BORDER_REPLICATE))
    brighter = np.clip(moved * 0.9 + 25, 0, 255).astype(np.uint8)
    return worn(brighter, 0.9, 5, np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(3))
def test_a_second_scan_is_the_same_page_and_another_sheet_of_the_form_is_not(seed: int) -> None:
    page = ruled_form(0, size=SIZE, seed=seed, stains=0, thickness=2)
    again = rescanned(page, seed)
    other = ruled_form(0, size=SIZE, seed=seed + 50, stains=0, thickness=2)
    assert same_page(page, again) > 0.6
    assert same_page(page, other) < 0.4
    assert hamming(perceptual_hash(page), perceptual_hash(again)) <= 10


def test_the_hash_fits_in_64_bits_and_survives_a_change_of_size() -> None:
    page = ruled_form(0, size=SIZE, seed=9)
    value = perceptual_hash(page)
    assert 0 <= value < 2**64
    half = np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    assert hamming(value, perceptual_hash(half)) <= 4
    assert hamming(value, perceptual_hash(255 - page)) > 32


def test_a_page_is_like_itself_and_unlike_nothing() -> None:
    page = ruled_form(0, size=SIZE, seed=4)
    assert same_page(page, page) > 0.99
    assert same_page(page, np.full_like(page, 220)) == 0.0


def test_hamming_counts_bits() -> None:
    assert hamming(0b1011, 0b0010) == 2
    assert hamming(7, 7) == 0


def test_deskewed_derivatives_compare_whatever_their_size() -> None:
    page = ruled_form(0, size=SIZE, seed=6, thickness=2)
    smaller = warp(page, for_deskew(SIZE, 0.0, (4, 6, 1230, 1750)))
    assert same_page(page, smaller) > 0.6
