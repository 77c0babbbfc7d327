"""A peak is told, and forgotten."""

import numpy as np

from bench.pipeline.peak_memory import forget_peak, peak_mib


def test_memory_held_for_a_moment_shows_until_it_is_forgotten() -> None:
    forget_peak()
    before = peak_mib()
    del_me = np.ones(64 << 20, np.uint8)
    assert peak_mib() > before + 60
    del del_me
    assert peak_mib() > before + 60
    forget_peak()
    assert peak_mib() < before + 30
