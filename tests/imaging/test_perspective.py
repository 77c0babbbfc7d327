"""A page photographed aslant is set square by its rulings, or by its own edges; a flat one is left alone."""

import cv2
import numpy as np
import pytest

from imaging.perspective import estimate_perspective, perspective_of_quad
from imaging.skew import estimate_skew
from tests.imaging.drawn_pages import ruled_form, text_page

SIZE = (1754, 1240)


def photographed(page: np.ndarray, strength: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The page with each corner moved towards its middle by up to a share, and the map that did it."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    shares = np.random.default_rng(seed).uniform(0, strength, (4, 1))
    seen = corners + (np.array([width, height]) / 2 - corners) * shares
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    image = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(70,))
    return np.asarray(image, np.uint8), matrix


def sides_off(matrix: np.ndarray) -> float:
    """The most degrees by which a map shows a side of an upright rectangle off level or upright."""
    width, height = SIZE
    corners = np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]]) * [width, height]
    seen = cv2.perspectiveTransform(corners[None], matrix)[0]
    sides = np.roll(seen, -1, axis=0) - seen
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) - [0, 90, 180, 270]
    return float(np.abs((angles + 180) % 360 - 180).max())


@pytest.mark.parametrize("strength", [0.06, 0.15, 0.25])
@pytest.mark.parametrize("turned", [0.0, -5.0])
def test_a_ruled_page_aslant_is_set_square(strength: float, turned: float) -> None:
    page = ruled_form(turned, size=SIZE, thickness=2)
    image, aslant = photographed(page, strength, seed=3)
    found = estimate_perspective(image, estimate_skew(image).angle_deg)
    assert found.method == "rulings"
    assert found.convergence_deg > 0.4
    assert 0.5 < found.confidence <= 1
    middle = (SIZE[0] / 2, SIZE[1] / 2)
    upright = np.vstack([cv2.getRotationMatrix2D(middle, turned, 1.0), [0, 0, 1]])
    assert sides_off(np.array(found.matrix) @ aslant @ upright) < 0.05


@pytest.mark.parametrize("turned", [0.0, 7.0, -14.0])
def test_a_flat_page_stays_affine(turned: float) -> None:
    page = ruled_form(turned, size=SIZE, thickness=2)
    assert estimate_perspective(page, turned).method == "none"


def test_text_and_noise_show_no_perspective() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (800, 600), dtype=np.uint8)
    for page in (text_page(2.0, size=SIZE), noise, np.full((600, 600), 230, np.uint8)):
        found = estimate_perspective(page, 0.0)
        assert (found.method, found.matrix, found.confidence) == ("none", None, 0.0)


def test_the_estimate_moves_with_its_frame() -> None:
    image, _ = photographed(ruled_form(0.0, size=SIZE, thickness=2), 0.15, seed=3)
    found = estimate_perspective(image, 0.0)
    point, shift = np.array([[[300.0, 200.0]]]), np.array([40.0, 70.0])
    there = cv2.perspectiveTransform(point, np.array(found.matrix))
    moved = cv2.perspectiveTransform(point + shift, np.array(found.moved(40, 70).matrix))
    np.testing.assert_allclose(moved, there + shift, atol=1e-6)


def test_four_corners_of_paper_set_it_square_and_unmirrored() -> None:
    quad = np.array([[210.0, 140], [1510, 90], [1600, 1100], [140, 1150]])
    found = perspective_of_quad(quad, 0.9)
    assert found.method == "outline"
    seen = cv2.perspectiveTransform(quad[None], np.array(found.matrix))[0]
    np.testing.assert_allclose(seen[[0, 1], 1], seen[[1, 0], 1], atol=1e-6)
    np.testing.assert_allclose(seen[[0, 3], 0], seen[[3, 0], 0], atol=1e-6)
    assert seen[1, 0] > seen[0, 0]
    assert seen[3, 1] > seen[0, 1]


def test_paper_cut_a_little_askew_is_no_perspective() -> None:
    quad = np.array([[100.0, 100], [1500, 108], [1500, 1100], [100, 1100]])
    assert perspective_of_quad(quad, 0.9).method == "none"
