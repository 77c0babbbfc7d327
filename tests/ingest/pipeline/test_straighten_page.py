"""Whatever way a page lies in its frame, its derivative stands upright and square, and nothing is lost."""

from functools import cache

import cv2
import numpy as np
import pytest

from bench.pages import PageSpec, draw_page
from imaging.orientation import total_turn
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.straighten_page import straighten_page
from ingest.pipeline.tell_upright import tell_upright
from tests.imaging.drawn_pages import ruled_form

ENGINE = RapidRecogniser()
WIDTH, HEIGHT = 2104, 1488


@cache
def register() -> np.ndarray:
    spec = PageSpec(severity=1, width=WIDTH, height=HEIGHT, skew_deg=2.3)
    pixels, _ = draw_page(spec, np.random.default_rng(17))
    return np.asarray(pixels)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_register_page_on_any_of_its_sides_is_set_upright(turned: int) -> None:
    pixels = np.ascontiguousarray(np.rot90(register(), turned // 90))
    page = straighten_page(pixels)
    page = page.set_upright(tell_upright(page, ENGINE))
    assert (page.orientation.turned_deg, page.orientation.method) == (turned, "reading")
    assert page.orientation.confidence > 0.6
    assert page.skew.angle_deg == pytest.approx(2.3, abs=0.05)
    assert -180 < total_turn(page.skew.angle_deg, page.orientation) <= 180
    upright = straighten_page(register())
    assert page.pixels.shape == pytest.approx(upright.pixels.shape, abs=4)
    small = [cv2.resize(one.pixels, (200, 140), interpolation=cv2.INTER_AREA) for one in (page, upright)]
    assert np.abs(small[0].astype(int) - small[1]).mean() < 3


@pytest.mark.parametrize(
    "gray",
    [
        np.full((900, 700), 230, np.uint8),
        ruled_form(1.0, size=(1240, 1754), thickness=2, writing=0),
        ruled_form(1.0, size=(1240, 1754), thickness=2, writing=700),
    ],
)
def test_a_page_that_nobody_can_read_is_left_as_it_is(gray: np.ndarray) -> None:
    orientation = tell_upright(straighten_page(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB)), ENGINE)
    assert (orientation.turned_deg, orientation.method) == (0, "none")


def test_a_page_photographed_aslant_on_a_desk_becomes_a_rectangle_in_one_warp() -> None:
    seen = np.array([[300, 180], [1900, 90], [2010, 1400], [120, 1290]], np.float32)
    whole = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    paper = ruled_form(0.0, size=(WIDTH, HEIGHT), thickness=3, noise=0)
    aslant = cv2.getPerspectiveTransform(whole, seen)
    gray = cv2.warpPerspective(paper, aslant, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=(50,))
    page = straighten_page(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB))
    assert page.perspective.method == "rulings"
    assert not page.transform.affine
    corners = page.transform.to_derivative(seen)
    high, wide = page.pixels.shape[:2]
    np.testing.assert_allclose(corners, [[0, 0], [wide, 0], [wide, high], [0, high]], atol=25)
    assert (corners > -1).all()


def test_a_page_known_by_its_paper_alone_says_so() -> None:
    """The method "none" is for an angle that is not known."""
    seen = np.array([[300, 180], [1900, 90], [2010, 1400], [120, 1290]], np.float32)
    frame = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
    cv2.fillConvexPoly(frame, seen.astype(np.int32), (230, 228, 222))
    page = straighten_page(frame)
    assert (page.skew.method, page.perspective.method) == ("outline", "outline")
    assert page.skew.confidence > 0.1
    assert page.skew.angle_deg == pytest.approx(0.4, abs=1)


@pytest.mark.parametrize("slant", [0.0, 3.0])
def test_each_side_of_a_spread_has_its_own_skew(slant: float) -> None:
    halves = [ruled_form(angle, size=(1000, 1400), thickness=2, seed=1) for angle in (-1.5, 2.0)]
    frame = np.hstack(halves).astype(np.float64)
    middle = 1000 + np.tan(np.radians(slant)) * (700 - np.arange(1400))
    frame *= 1 - 0.4 * np.exp(-np.abs(np.arange(2000)[None] - middle[:, None]) / 25)
    pixels = cv2.cvtColor(frame.astype(np.uint8), cv2.COLOR_GRAY2RGB)
    left, right = straighten_page(pixels, side="left"), straighten_page(pixels, side="right")
    assert left.skew.angle_deg == pytest.approx(-1.5, abs=0.1)
    assert right.skew.angle_deg == pytest.approx(2.0, abs=0.1)
    for page in (left, right):
        assert page.gutter is not None
        assert page.gutter.method == "shadow"
        assert page.transform.master_size == (2000, 1400)
    assert left.transform.to_master([[500, 700]])[0, 0] < 1000 < right.transform.to_master([[500, 700]])[0, 0]
    assert left.crop.box[0] == 0
    assert right.crop.box[2] == 2000


@pytest.mark.parametrize("angle", [-22.0, 22.0])
def test_a_sheet_further_aslant_than_writing_tells_is_straightened_by_its_own_sides(angle: float) -> None:
    sheet = ruled_form(0.0, size=(1240, 1754), thickness=2)
    side = 2300
    turn = cv2.getRotationMatrix2D((620.0, 877.0), angle, 1.0)
    turn[:, 2] += (side - 1240) / 2, (side - 1754) / 2
    desk = cv2.warpAffine(sheet, turn, (side, side), borderValue=(40,))
    page = straighten_page(np.asarray(cv2.cvtColor(desk, cv2.COLOR_GRAY2RGB), np.uint8))
    assert page.skew.method == "outline"
    assert page.skew.angle_deg == pytest.approx(angle, abs=0.3)
    assert 0 < page.skew.confidence <= 0.6
    assert page.pixels.shape[:2] == pytest.approx((1754, 1240), rel=0.03)
