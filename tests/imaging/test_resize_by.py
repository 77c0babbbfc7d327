"""Resizing by a factor leaves something of a sliver."""

import numpy as np
import pytest

from imaging.resize_by import resize_by


@pytest.mark.parametrize(
    ("size", "factor", "wanted"),
    [
        ((100, 60), 0.5, (50, 30)),
        ((20_000, 3), 0.1, (2_000, 1)),
        ((1, 1), 0.5, (1, 1)),
        ((3, 7), 2.0, (6, 14)),
    ],
)
def test_no_side_gets_lost(size: tuple[int, int], factor: float, wanted: tuple[int, int]) -> None:
    assert resize_by(np.full((*size, 3), 9, np.uint8), factor).shape == (*wanted, 3)
    assert resize_by(np.full(size, 9, np.uint8), factor).shape == wanted
