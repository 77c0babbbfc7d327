"""Percentiles from counts are those that sorting gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from imaging.levels import count_levels, percentile, percentiles

PIXELS = arrays.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)))


@settings(max_examples=60)
@given(PIXELS, st.floats(0, 100))
def test_percentiles_are_numpys(gray: np.ndarray, share: float) -> None:
    counts = count_levels(gray)
    assert counts.sum() == gray.size
    np.testing.assert_allclose(
        percentiles(counts, (share, 50)), np.percentile(gray, (share, 50)), rtol=0, atol=1e-9
    )
    assert percentile(counts, share) == pytest.approx(np.percentile(gray, share), abs=1e-9)


def test_levels_of_every_other_pixel_are_counted_as_they_lie() -> None:
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert count_levels(gray[::2, ::2])[[0, 1, 2, 16, 32]].tolist() == [1, 0, 1, 0, 1]
