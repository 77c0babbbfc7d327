"""One page scanned twice is told from two pages of one form, by where the writing lies."""

import numpy as np

from imaging.alike import find_alike
from imaging.fingerprint import SIZE, fingerprint, pixel_hash
from tests.imaging.drawn_pages import ruled_form, worn

SHEETS = [
    ruled_form(0, size=(1240, 1754), seed=seed, stains=0, thickness=2, writing=400) for seed in range(8)
]


def test_a_scan_made_again_is_found_and_other_sheets_are_not() -> None:
    prints = [fingerprint(page) for page in SHEETS]
    again = [fingerprint(worn(page, 1.0, 6, np.random.default_rng(at))) for at, page in enumerate(SHEETS[:4])]
    found = find_alike(again, prints)
    assert {(pair.one, pair.other) for pair in found} == {(at, at) for at in range(4)}
    assert all(len(one) == SIZE for one in prints)


def test_pixels_saved_anew_have_one_hash_and_a_changed_pixel_another() -> None:
    page = SHEETS[0]
    other = page.copy()
    other[5, 5] ^= 1
    assert pixel_hash(page.copy(), "half") == pixel_hash(page, "half")
    assert pixel_hash(other, "half") != pixel_hash(page, "half")
    assert pixel_hash(page, "whole") != pixel_hash(page, "half")


def test_nothing_is_like_nothing() -> None:
    assert find_alike([], []) == []
