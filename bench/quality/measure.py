"""Run the checks over drawn pages, sound ones and spoilt ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np

from bench.pages.draw_volume import draw_volume
from bench.pages.spec import PageSpec
from bench.quality.plant import PLANTED, Planted
from domain.series import load_series
from imaging.arrays import Pixels
from imaging.crop import estimate_crop
from imaging.grey import to_grey
from imaging.quality import Finding, Thresholds, assess
from imaging.skew import estimate_skew

SERIES = "colonial_removed_register"
"""Its pages have all that is judged: forms, seals, and red ink that a grey scan loses."""


@dataclass
class Rates:
    """Counts by check: pages flagged of how many, at each severity; defects found of how many, by kind."""

    pages: Counter[int] = field(default_factory=Counter)
    flagged: Counter[tuple[str, int]] = field(default_factory=Counter)
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)


def rate(pages: int, seed: int) -> Rates:
    """Judge `pages` pages of each severity as they are; those of severity 0 and 1 with each defect too."""
    cv2.setNumThreads(1)
    rates = Rates()
    for severity in range(4):
        before: Pixels | None = None
        volume = draw_volume(pages, seed + severity, severity, like=PageSpec(series=SERIES))
        for at, drawn in enumerate(volume):
            rates.pages[severity] += 1
            for finding in judge(Planted(drawn.pixels)):
                rates.flagged[finding.check, severity] += finding.verdict != "accept"
            other = drawn.pixels if before is None else before
            if severity < 2:
                _plant(rates, drawn.pixels, other, np.random.default_rng([seed, severity, at]))
            before = drawn.pixels
    return rates


def judge(planted: Planted) -> Iterator[Finding]:
    """Yield the findings on a page as the pipeline makes them, within the limits of its series."""
    gray = to_grey(planted.pixels)
    limits = Thresholds().with_overrides(load_series(SERIES).quality)
    yield from assess(planted.pixels, planted.ppi, estimate_skew(gray), limits, estimate_crop(gray))


def _plant(rates: Rates, page: Pixels, other: Pixels, rng: np.random.Generator) -> None:
    for check, plants in PLANTED.items():
        for plant in plants:
            spoilt = plant(page, other, rng)
            verdict = next(one.verdict for one in judge(spoilt) if one.check == check)
            rates.planted[check, plant.__name__] += 1
            rates.found[check, plant.__name__] += verdict != "accept"
