"""A covered pixel tells nothing of what is below it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imaging.mask import cover, uncover

corners = st.floats(-30, 90, allow_nan=False)
boxes = st.lists(st.tuples(corners, corners, corners, corners), max_size=4)
PAGE = np.random.default_rng(3).integers(0, 256, (60, 50, 3), dtype=np.uint8)


def within(box: tuple[float, ...], x: int, y: int) -> bool:
    """Whether a pixel lies in a box with its whole area."""
    return box[0] <= x and x + 1 <= box[2] and box[1] <= y and y + 1 <= box[3]


def touches(box: tuple[float, ...], x: int, y: int) -> bool:
    """Whether a pixel and a box share any area."""
    return (
        box[0] < x + 1
        and x < box[2]
        and box[1] < y + 1
        and y < box[3]
        and box[0] < box[2]
        and box[1] < box[3]
    )


@given(boxes)
def test_outside_the_boxes_the_answer_is_the_same_for_any_page(granted: list[tuple[float, ...]]) -> None:
    shown, other = uncover(PAGE, granted), uncover(255 - PAGE, granted)
    for y in range(0, 60, 3):
        for x in range(0, 50, 3):
            if any(within(box, x, y) for box in granted):
                assert (shown[y, x] == PAGE[y, x]).all()
            else:
                assert (shown[y, x] == other[y, x]).all()


@given(boxes)
def test_under_a_cover_nothing_shows_and_beside_it_everything(hidden: list[tuple[float, ...]]) -> None:
    covered, other = cover(PAGE, hidden), cover(255 - PAGE, hidden)
    for y in range(0, 60, 3):
        for x in range(0, 50, 3):
            if any(touches(box, x, y) for box in hidden):
                assert (covered[y, x] == other[y, x]).all()


def test_no_box_shows_nothing_and_the_page_is_untouched() -> None:
    before = PAGE.copy()
    assert len(np.unique(uncover(PAGE, []))) == 1
    np.testing.assert_array_equal(cover(PAGE, []), PAGE)
    assert (cover(PAGE, [(10, 10, 20, 20)])[10:20, 10:20] == 128).all()
    np.testing.assert_array_equal(cover(PAGE, [(10, 10, 20, 20)])[20:], PAGE[20:])
    np.testing.assert_array_equal(PAGE, before)


def test_grey_pages_are_covered_as_well() -> None:
    shown = uncover(PAGE[..., 0], [(5, 5, 15, 10)])
    np.testing.assert_array_equal(shown[5:10, 5:15], PAGE[5:10, 5:15, 0])
    assert (shown[10:] == 128).all()
