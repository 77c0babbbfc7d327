"""Ranges lose as little as bytes can."""

import numpy as np
import pytest

from bench.quantise.choose_ranges import closest_range, error


def test_a_lone_outlier_is_cut_off_where_that_loses_less() -> None:
    values = np.random.default_rng(1).normal(0, 1, 200_000).astype(np.float32)
    low, high = closest_range(np.append(values, np.float32(12)))
    assert low == pytest.approx(values.min(), rel=0.3)
    assert 3 < high < 12


def test_a_range_of_what_is_never_negative_starts_at_zero() -> None:
    values = np.random.default_rng(1).uniform(0, 5, 20_000).astype(np.float32)
    low, high = closest_range(values)
    assert low == 0
    assert high == pytest.approx(5, abs=0.05)


def test_the_error_is_a_share_of_the_variance() -> None:
    wanted = [np.array([0.0, 2.0], np.float32), np.array([2.0, 0.0], np.float32)]
    assert error(wanted, wanted) == 0
    assert error([part + 1 for part in wanted], wanted) == pytest.approx(1)
