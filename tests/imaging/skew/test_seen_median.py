"""The quick median agrees with numpy's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from imaging.skew.seen_median import seen_median

VALUES = st.one_of(st.just(np.nan), st.floats(-1e6, 1e6))


@given(arrays.arrays(np.float64, st.tuples(st.integers(0, 6), st.integers(1, 9)), elements=VALUES))
@settings(max_examples=60, deadline=None)
def test_it_is_the_median_of_what_is_seen(values: np.ndarray) -> None:
    found = seen_median(values)
    assert found.shape == (len(values),)
    for median, row in zip(found, values, strict=True):
        seen = row[np.isfinite(row)]
        assert np.array_equal(median, np.median(seen) if len(seen) else np.nan, equal_nan=True)
