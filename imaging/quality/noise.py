"""Noise: grain that hides thin strokes."""

import cv2
import numpy as np

from imaging.arrays import Gray
from imaging.levels import percentile
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

# J. Immerkær, "Fast Noise Variance Estimation" (1996): this mask ignores slopes and answers with 6σ;
# the median of its absolute value, unlike his mean, leaves strokes out.
_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
_SIGMAS = 6 * 0.6745
_SAMPLE = 160


def check(page: QualityInput) -> Finding:
    """Return the grain's standard deviation in grey levels."""
    limits = page.thresholds
    sigmas = [(_sigma(tile), box) for box, tile in page.tiles(_SAMPLE)]
    value = float(np.median([sigma for sigma, _ in sigmas]))
    verdict = judge(value, limits.noise_flag, limits.noise_refuse)
    return Finding(
        "noise",
        value,
        verdict,
        None if verdict == "accept" else max(sigmas)[1],
        f"雜訊 {value:.1f} 階;應低於 {limits.noise_flag:g}。過高請降低感光度或清潔玻璃。",
        f"Noise of {value:.1f} levels; it should be below {limits.noise_flag:g}. "
        "If higher, lower the sensitivity or clean the glass.",
    )


def _sigma(tile: Gray) -> float:
    answers = np.abs(cv2.filter2D(tile, cv2.CV_16S, _MASK))
    return percentile(np.bincount(answers.ravel()), 50) / _SIGMAS
