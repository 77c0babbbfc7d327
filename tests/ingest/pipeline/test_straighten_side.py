"""Whatever way a spread lies in its frame, its right page comes first and nothing is cut across."""

from functools import cache

import cv2
import numpy as np
import pytest

from bench.pages import PageSpec, draw_spread
from bench.pages.truth import PageTruth
from domain.series import load_series
from imaging.arrays import Points
from imaging.grey import to_grey
from imaging.half_side import HalfSide
from imaging.halves import turn_by_half
from imaging.quality import assess
from imaging.transform import PageTransform
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.straighten_side import straighten_side

READERS = Readers(RapidRecogniser())
SERIES = load_series("colonial_register")
WIDTH, HEIGHT = 1754, 1240
SIDES: tuple[HalfSide, HalfSide] = ("right", "left")


@cache
def spread() -> tuple[np.ndarray, dict[HalfSide, PageTruth]]:
    spec = PageSpec(severity=1, width=WIDTH, height=HEIGHT, skew_deg=0.8)
    pixels, (right, left) = draw_spread(spec, np.random.default_rng(23))
    return np.asarray(pixels), {"right": right, "left": left}


def turned(points: Points, quarters: int) -> Points:
    """Return points of the drawn spread where they lie once it is turned."""
    width, height = 2 * WIDTH, HEIGHT
    for _ in range(quarters):
        points, width, height = np.stack([points[:, 1], width - points[:, 0]], axis=1), height, width
    return points


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_spread_on_any_of_its_sides_gives_its_right_page_and_its_left(quarters: int) -> None:
    pixels, truths = spread()
    shown = np.ascontiguousarray(np.rot90(pixels, quarters))
    for side in SIDES:
        page = straighten_side(shown, side, READERS.first)
        assert page.gutter is not None
        assert page.gutter.method == "shadow"
        # It is where the deliverer says, whatever way the frame lies: no flag.
        found = assess(shown, 150, page.skew, crop=page.crop, gutter=page.gutter)
        assert next(one.verdict for one in found if one.check == "spread") == "accept"
        page, reading = read_straight_page(page, 150, SERIES, READERS)
        assert page.orientation.turned_deg == 90 * quarters
        names = [person["name"].text for person in reading.content.persons]
        expected = [entry["name"] for entry in truths[side].entries]
        assert len(names) == len(expected)
        assert sum(one == other for one, other in zip(names, expected, strict=True)) >= len(expected) - 2
        frame = turned(np.array(truths[side].frame), quarters)
        assert_holds(page.pixels.shape, page.transform.to_derivative(frame))
        assert_maps_back(shown, page.pixels, page.transform)
        assert turn_by_half(page.transform, side) == 90 * quarters


def assert_holds(shape: tuple[int, ...], frame: Points) -> None:
    """The outer ruling, its corners in their order, lies square and whole within the derivative."""
    height, width = shape[:2]
    assert (frame > 0).all()
    assert (frame < [width, height]).all()
    x0, y0, x1, y1 = *frame[0], *frame[2]
    np.testing.assert_allclose(frame, [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], atol=4)
    assert x1 - x0 > 0.8 * width


def assert_maps_back(master: np.ndarray, derivative: np.ndarray, transform: PageTransform) -> None:
    """What the derivative shows is found, by its transform, within half a pixel in the master."""
    height, width = derivative.shape[:2]
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    there = transform.to_master(np.stack([x.ravel(), y.ravel()], axis=1)) - 0.5
    at = there.reshape(height, width, 2).astype(np.float32)
    seen = cv2.remap(
        to_grey(master), at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inner = np.s_[height // 8 : -height // 8, width // 8 : -width // 8]
    pair = [one[inner].astype(np.float64) for one in (seen, to_grey(derivative))]
    (across, down), sure = cv2.phaseCorrelate(pair[0], pair[1])
    assert sure > 0.5
    assert np.hypot(across, down) <= 0.5
