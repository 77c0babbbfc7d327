"""Points and boxes go from master to derivative and back."""

import json
from typing import Literal

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imaging.transform import PageTransform, for_deskew, for_outline, turning

sizes = st.tuples(st.integers(50, 8000), st.integers(50, 8000))
sheets = sizes.filter(lambda size: max(size) <= 3 * min(size))
angles = st.floats(-15, 15)
shares = st.floats(0, 1)


@st.composite
def transforms(draw: st.DrawFn) -> PageTransform:
    width, height = draw(sizes)
    if draw(st.booleans()):
        return for_deskew((width, height), draw(angles), None)
    x0, y0 = draw(st.integers(0, width - 20)), draw(st.integers(0, height - 20))
    x1, y1 = draw(st.integers(x0 + 10, width)), draw(st.integers(y0 + 10, height))
    return for_deskew((width, height), draw(angles), (x0, y0, x1, y1))


@st.composite
def aslant(draw: st.DrawFn) -> PageTransform:
    """A page photographed aslant, turned by any angle and cropped; no sheet is narrower than three to one."""
    width, height = draw(sheets)
    far = np.array([0, 0, width, 0, width, height, 0, height], dtype=np.float64).reshape(4, 2)
    inward = (np.array([width, height]) / 2 - far) * draw(st.floats(0.05, 0.25))
    seen = far + inward * np.array([[draw(shares)] for _ in range(4)])
    straight = cv2.getPerspectiveTransform(seen.astype(np.float32), far.astype(np.float32))
    turn = turning(draw(st.sampled_from([0, 90, 180, 270])) + draw(angles))
    return for_outline((width, height), turn @ straight, seen)


@given(aslant(), st.lists(st.tuples(shares, shares), min_size=1))
def test_points_of_a_page_aslant_come_back_within_a_hundredth_of_a_pixel(
    transform: PageTransform, points: list[tuple[float, float]]
) -> None:
    inside = np.array(points) * transform.master_size
    np.testing.assert_allclose(transform.to_master(transform.to_derivative(inside)), inside, atol=0.01)
    back = np.array(points) * transform.derivative_size
    np.testing.assert_allclose(transform.to_derivative(transform.to_master(back)), back, atol=0.01)


@given(aslant())
def test_json_keeps_a_page_aslant(transform: PageTransform) -> None:
    assert PageTransform.from_json(json.loads(json.dumps(transform.as_json()))) == transform


def test_two_rows_as_written_before_there_was_perspective_are_read() -> None:
    old = {"matrix": [[1.0, 0.0, 3.0], [0.0, 1.0, 4.0]], "master_size": [9, 9], "derivative_size": [5, 5]}
    read = PageTransform.from_json(old)
    assert read.affine
    assert read.as_json() == old
    np.testing.assert_allclose(read.to_derivative([[1, 1]]), [[4, 5]])


@settings(max_examples=300)
@given(aslant(), st.floats(0.1, 0.85), st.floats(0.1, 0.85), st.floats(0.02, 0.15), st.floats(0.02, 0.15))
def test_an_upright_box_of_a_page_aslant_comes_back_as_it_was(
    transform: PageTransform, right: float, down: float, wide: float, high: float
) -> None:
    size = np.array(transform.derivative_size)
    x0, y0 = (int(value) for value in size * [right, down])
    box = (x0, y0, x0 + 20 + int(wide * size[0]), y0 + 20 + int(high * size[1]))
    corners = transform.to_master([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]])
    beyond = box[2] > size[0] or box[3] > size[1]
    if beyond or (corners < 0).any() or (corners > transform.master_size).any():
        return  # no box of this page, or cut off at the master's edge
    master = transform.box_to_master(box)
    np.testing.assert_array_less(
        np.ptp(np.array(master).reshape(2, 2), axis=0) + 0.0, np.ptp(corners, axis=0) + 2.001
    )
    found = transform.upright_box(master)
    if found != transform.box_to_derivative(master):
        np.testing.assert_allclose(transform.box_to_master(found), master, atol=1)


@given(sizes, st.sampled_from([90, 180, 270]))
def test_a_quarter_turn_moves_pixels_and_blurs_none(size: tuple[int, int], turned: int) -> None:
    transform = for_deskew(size, turned)
    assert transform.derivative_size == (size if turned == 180 else size[::-1])
    box = (3, 5, 30, 40)
    assert transform.upright_box(transform.box_to_master(box)) == box


@given(transforms(), st.lists(st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000)), min_size=1))
def test_points_come_back_within_a_thousandth_of_a_pixel(
    transform: PageTransform, points: list[tuple[float, float]]
) -> None:
    there = transform.to_derivative(points)
    np.testing.assert_allclose(transform.to_master(there), points, atol=1e-3)


@given(transforms())
def test_json_loses_nothing(transform: PageTransform) -> None:
    assert PageTransform.from_json(json.loads(json.dumps(transform.as_json()))) == transform


@given(transforms(), shares, shares, shares, shares)
def test_a_box_comes_back_around_itself(
    transform: PageTransform, left: float, top: float, right: float, bottom: float
) -> None:
    wide, high = transform.derivative_size
    (x0, x1), (y0, y1) = (
        sorted((int(left * wide), int(right * wide))),
        sorted((int(top * high), int(bottom * high))),
    )
    corners = transform.to_master([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    box = transform.box_to_master((x0, y0, x1, y1))
    inside = np.clip(corners, 0, transform.master_size)
    assert (inside >= np.array(box[:2]) - 1e-3).all()
    assert (inside <= np.array(box[2:]) + 1e-3).all()
    grown = np.array(box[2:]) - box[:2] - np.ptp(inside, axis=0)
    assert (grown <= 2).all()


@given(sizes, st.floats(0, 1), st.floats(0, 1))
def test_without_skew_whole_boxes_come_back_exactly(size: tuple[int, int], right: float, down: float) -> None:
    crop = (3, 5, size[0] - 7, size[1] - 2)
    transform = for_deskew(size, 0.0, crop)
    assert transform.derivative_size == (crop[2] - crop[0], crop[3] - crop[1])
    box = (3 + int(right * 10), 5 + int(down * 10), 3 + int(right * 10) + 20, 5 + int(down * 10) + 20)
    assert transform.box_to_master(transform.box_to_derivative(box)) == box


@given(sizes, angles)
def test_the_derivative_holds_the_whole_crop(size: tuple[int, int], angle: float) -> None:
    transform = for_deskew(size, angle)
    corners = transform.to_derivative([[0, 0], [size[0], 0], list(size), [0, size[1]]])
    assert (corners >= -1e-3).all()
    assert (corners <= np.array(transform.derivative_size) + 1e-3).all()


@pytest.mark.parametrize(
    "value", [{}, {"matrix": [[1, 0, 0]], "master_size": [1, 1], "derivative_size": [1, 1]}]
)
def test_what_is_no_transform_is_not_read_as_one(value: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        PageTransform.from_json(value)


def test_opencv_is_the_same_map() -> None:
    transform = for_deskew((200, 100), 3.0)
    points = np.array([[[5.0, 7.0]], [[150.0, 80.0]]])
    theirs = cv2.transform(points, np.array(transform.matrix[:2]))[:, 0]
    np.testing.assert_allclose(transform.to_derivative(points[:, 0]), theirs)


@given(angles, shares, shares, shares, shares)
def test_an_upright_box_comes_back_as_it_was(
    angle: float, left: float, top: float, right: float, bottom: float
) -> None:
    transform = for_deskew((4000, 3000), angle, None)
    wide, high = transform.derivative_size
    x0, x1 = sorted((int((0.3 + 0.4 * left) * wide), int((0.3 + 0.4 * right) * wide)))
    y0, y1 = sorted((int((0.3 + 0.4 * top) * high), int((0.3 + 0.4 * bottom) * high)))
    box = (x0, y0, x1 + 20, y1 + 20)
    np.testing.assert_allclose(transform.upright_box(transform.box_to_master(box)), box, atol=1)


@given(transforms(), st.sampled_from([0, 90, 180, 270]))
@settings(max_examples=50)
def test_turning_back_moves_whole_pixels(transform: PageTransform, turned: Literal[0, 90, 180, 270]) -> None:
    """The map after `turned_back` leads where the picture's own quarter turn does."""
    back = transform.turned_back(turned)
    width, height = transform.derivative_size
    places = np.arange(width * height).reshape(height, width) if width * height < 10**6 else None
    assert back.derivative_size == ((width, height) if turned % 180 == 0 else (height, width))
    points = np.array([[0.0, 0.0], [width, 0.0], [width / 3, height / 4]])
    moved = back.to_derivative(transform.to_master(points))
    assert (moved > -1e-3).all()
    assert (moved < np.array(back.derivative_size) + 1e-3).all()
    if places is not None:
        x, y = min(2, width - 1), min(1, height - 1)
        seen = np.rot90(places, -turned // 90)
        ((u, v),) = back.to_derivative(transform.to_master([[x + 0.5, y + 0.5]]))
        assert seen[int(v), int(u)] == places[y, x]
