"""Pixels are moved where the shifts say, up to the edges of a page of any size."""

import numpy as np
import pytest

from ingest.layout.shift_pixels import block_middles, shift_columns, shift_rows


@pytest.mark.parametrize("size", [(300, 403), (257, 64), (512, 401)])
def test_columns_and_rows_move_by_smooth_amounts(size: tuple[int, int]) -> None:
    """A page of smooth slopes shows at every place what lies so far further on, within a level."""
    height, width = size
    ys, xs = np.mgrid[0:height, 0:width] + 0.5

    def shift(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 6 * np.sin(x / 150) + y / 100

    middles = block_middles(height, width)
    shifts = shift(middles[..., 0], middles[..., 1]).astype(np.float32)
    slope = np.rint(20 + ys / height * 200).astype(np.uint8)
    seen = 20 + np.clip(ys + shift(xs, ys), 0.5, height - 0.5) / height * 200
    assert np.abs(shift_columns(slope, shifts) - seen).max() <= 1
    slope = np.rint(20 + xs / width * 200).astype(np.uint8)
    seen = 20 + np.clip(xs + shift(xs, ys), 0.5, width - 0.5) / width * 200
    assert np.abs(shift_rows(slope, shifts) - seen).max() <= 2
