"""A sheet bent, aslant and turned: the truth follows every point of it."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pages import PageSpec, draw_page
from bench.pages.bend_sheet import bend_sheet
from bench.pages.geometry import Box
from bench.pages.lay_sheet import lay_sheet
from bench.pages.read_severity import knob_levels, knob_names, read_severity
from bench.pages.spec import FULL_WIDTH
from bench.pages.tell_truth import whole_turn

SIZE = (900, 640)


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-4, 4),
    st.floats(-0.05, 0.05),
    st.floats(0, 12),
    st.integers(0, 3),
    st.integers(0, 60),
    st.integers(0, 99),
)
def test_a_spot_is_seen_where_it_is_told(
    degrees: float, slant: float, curl: float, quarters: int, border: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    lie = lay_sheet(
        SIZE, degrees, (slant, -slant), bend_sheet(SIZE, curl, curl / 3, None, rng), border, quarters
    )
    x, y = rng.uniform(150, 750), rng.uniform(150, 490)
    layer = np.zeros(SIZE[::-1], np.uint8)
    cv2.circle(layer, (round(x * 16), round(y * 16)), 6 * 16, 255, -1, cv2.LINE_AA, 4)
    seen = np.rot90(lie.lay(layer), lie.quarters)
    assert seen.shape == lie.file_size[::-1]
    rows, cols = np.nonzero(seen > 60)
    told = lie.points(np.array([x]), np.array([y]))[0]
    assert (cols.mean(), rows.mean()) == pytest.approx(tuple(told), abs=0.6)


@given(st.floats(0, 300), st.floats(0, 200), st.integers(0, 50))
def test_flattening_undoes_bending(x: float, y: float, seed: int) -> None:
    bow = bend_sheet((300, 200), 9, 3, None, np.random.default_rng(seed))
    assert bow is not None
    bent = bow.bend(np.array([x]), np.array([y]))
    assert np.ravel(bow.flatten(*bent)) == pytest.approx([x, y], abs=1e-6)


def test_neither_bow_nor_slant_turns_the_sheet() -> None:
    bow = bend_sheet(SIZE, 15, 5, 0.0, np.random.default_rng(3))
    assert bow is not None
    assert bow.drift == pytest.approx(bow.drift[::-1])
    flat = bow.rise[150:]
    assert abs(np.polyfit(np.arange(flat.size), flat, 1)[0]) * flat.size < 0.3 * np.abs(bow.rise).max()
    lie = lay_sheet(SIZE, 3.0, (0.05, 0.03), None)
    middle = (np.array([449.0, 450.0]), np.array([319.5, 319.5]))
    (x0, y0), (x1, y1) = lie.points(*middle)
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(3.0, abs=0.01)


def test_a_box_lies_within_its_bounds() -> None:
    lie = lay_sheet(SIZE, 2.0, (0.04, 0), bend_sheet(SIZE, 15, 5, 0.0, np.random.default_rng(3)))
    box = Box(20, 40, 800, 90)
    outer = lie.bounds(box).inset(-0.01)
    assert all(outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1 for x, y in lie.quad(box))


@pytest.mark.parametrize(
    ("skew", "quarters", "whole"), [(1.5, 0, 1.5), (1.5, 1, 91.5), (-2, 2, 178), (2, 2, -178)]
)
def test_the_whole_turn(skew: float, quarters: int, whole: float) -> None:
    assert whole_turn(skew, quarters) == pytest.approx(whole)


def test_every_knob_can_be_set_alone() -> None:
    clean = read_severity(0)
    for name in knob_names():
        assert read_severity(0, {name: 3}) != clean, name
        assert knob_levels(0, {name: 3})[name] == 3


def test_a_knob_changes_the_picture_and_not_what_it_says() -> None:
    plain, truth = draw_page(PageSpec(width=600, height=425, severity=0), np.random.default_rng(4))
    for name in knob_names():
        spec = PageSpec(width=600, height=425, severity=0, knobs={name: 3}, page_number=None)
        pixels, told = draw_page(spec, np.random.default_rng(4))
        assert told.entries == truth.entries
        assert not np.array_equal(pixels, plain), name


@pytest.mark.parametrize(("knobs", "said"), [({"rust": 1}, "no knob 'rust'"), ({"blur": 4}, "no level 4")])
def test_a_knob_there_is_none_of_is_refused(knobs: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_severity(1, knobs)


def test_a_page_on_its_side_is_told_as_such() -> None:
    spec = PageSpec(
        width=1200, height=850, quarters=1, border=60, ground="blue", skew_deg=0.0, knobs={"curl": 0}
    )
    pixels, truth = draw_page(spec, np.random.default_rng(2))
    assert pixels.shape == (1320, 970, 3)
    assert (truth.orientation_deg, truth.skew_deg) == (90, 90.0)
    assert truth.crop.as_list() == pytest.approx([60, 60, 910, 1260], abs=2)
    assert pixels[20, 20, 2] > pixels[20, 20, 0]
    # Counter-clockwise by a quarter: the upper edge of the frame is now at the left.
    (left_x, _), (_, right_y) = truth.frame[0], truth.frame[1]
    assert left_x < 970 / 2
    assert right_y < 1320 / 2
    assert spec.unit == pytest.approx(1200 / FULL_WIDTH, abs=0.001)
