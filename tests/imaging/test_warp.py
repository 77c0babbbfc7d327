"""A master's pixels are resampled to where its transform says, in light and in colour."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imaging.skew import estimate_skew
from imaging.transform import for_deskew
from imaging.warp import warp
from tests.imaging.drawn_pages import ruled_form

angles = st.floats(-15, 15)


def test_a_page_turned_by_a_quarter_is_turned_back() -> None:
    page = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    np.testing.assert_array_equal(warp(np.rot90(page), for_deskew((90, 120), 90)), page)


@settings(max_examples=20, deadline=None)
@given(angles, st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_a_dot_is_warped_to_where_its_point_goes(angle: float, right: float, down: float) -> None:
    page = np.zeros((300, 400), np.uint8)
    x, y = int(right * 400), int(down * 300)
    page[y - 2 : y + 3, x - 2 : x + 3] = 255
    transform = for_deskew((400, 300), angle, (10, 20, 390, 290))
    moved = warp(page, transform, background=0).astype(float)
    rows, columns = np.mgrid[0 : moved.shape[0], 0 : moved.shape[1]]
    seen = np.array([(columns * moved).sum(), (rows * moved).sum()]) / moved.sum() + 0.5
    np.testing.assert_allclose(transform.to_derivative([[x + 0.5, y + 0.5]])[0], seen, atol=0.1)


def test_deskewing_leaves_no_skew() -> None:
    page = ruled_form(6.4, size=(1240, 1754), thickness=2)
    found = estimate_skew(page)
    upright = warp(page, for_deskew((1240, 1754), found.angle_deg), background=225)
    assert abs(estimate_skew(upright).angle_deg) < 0.03


def test_a_crop_without_skew_copies_the_very_pixels() -> None:
    page = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    cropped = warp(page, for_deskew((120, 90), 0.0, (10, 20, 110, 80)))
    np.testing.assert_array_equal(cropped, page[20:80, 10:110])


def test_beyond_the_master_lies_the_background_and_the_master_is_untouched() -> None:
    page = np.zeros((100, 100, 3), np.uint8)
    before = page.copy()
    turned = warp(page, for_deskew((100, 100), 10.0), background=200)
    assert (turned[0, 0] == 200).all()
    np.testing.assert_array_equal(page, before)


def test_pixels_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="transform is for"):
        warp(np.zeros((10, 10), np.uint8), for_deskew((20, 10), 0.0))


def test_thin_red_stays_as_red_as_it_was() -> None:
    """A faded red stroke two pixels wide is told from black by its colour alone."""
    page = np.full((400, 300, 3), (232, 222, 200), np.uint8)
    for x in range(40, 280, 40):
        page[:, x : x + 2] = (205, 165, 150)
    turned = warp(page, for_deskew((300, 400), 1.3)).astype(int)
    redder = (turned[:, :, 0] - turned[:, :, 1])[50:-50, 50:-50]
    assert np.percentile(redder, 99) >= 35


def test_what_is_resampled_stays_sharper_than_by_linear_resampling_alone() -> None:
    page = ruled_form(0.0, size=(620, 877), thickness=2)
    transform = for_deskew((620, 877), 1.3)
    corner, centre = np.eye(3), np.eye(3)
    corner[:2, 2], centre[:2, 2] = -0.5, 0.5
    matrix = (corner @ np.asarray(transform.matrix) @ centre)[:2]
    best, linear = (
        cv2.warpAffine(page, matrix, transform.derivative_size, flags=how)[60:-60, 60:-60].astype(float)
        for how in (cv2.INTER_LANCZOS4, cv2.INTER_LINEAR)
    )
    warped = warp(page, transform)[60:-60, 60:-60].astype(float)
    assert np.sqrt(((warped - best) ** 2).mean()) < 0.75 * np.sqrt(((linear - best) ** 2).mean())
