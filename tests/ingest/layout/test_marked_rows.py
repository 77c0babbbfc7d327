"""The rows of a mask that hold its marks, and masks enlarged by whole factors."""

import numpy as np
import pytest

from ingest.layout.enlarged import enlarged
from ingest.layout.marked_rows import marked_rows


def test_rows_from_the_first_mark_to_the_last() -> None:
    mask = np.zeros((9, 7), np.uint8)
    mask[3, 6] = mask[5, 0] = 255
    assert marked_rows(mask) == slice(3, 6)
    assert marked_rows(mask, 1) == slice(2, 7)
    assert marked_rows(mask, 20) == slice(0, 9)


def test_a_bare_mask_has_no_marked_rows() -> None:
    mask = np.zeros((4, 4), np.uint8)
    assert mask[marked_rows(mask, 2)].size == 0


@pytest.mark.parametrize("times", [1, 2, 4])
def test_every_pixel_is_so_many_wide_and_high(times: int) -> None:
    small = np.random.default_rng(5).integers(0, 2, (6, 5)).astype(np.uint8) * 255
    shape = (6 * times - (times > 1), 5 * times)
    large = enlarged(small, times, shape)
    assert large.shape == shape
    assert (large == np.kron(small, np.ones((times, times), np.uint8))[: shape[0]]).all()
