"""The median of what is seen: numpy's own nanmedian takes many times as long for a few dozen values."""

import numpy as np
from numpy.typing import NDArray


def seen_median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row's median (N of N × M) over the values that are not NaN; NaN where none is."""
    ordered, count = np.sort(values, axis=1), np.isfinite(values).sum(axis=1)
    rows = np.arange(len(values))
    # NaN sorts last, so that a row without values finds NaN at 0.
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, values.shape[1] - 1)
    return np.asarray((ordered[rows, low] + ordered[rows, high]) / 2, dtype=np.float64)
