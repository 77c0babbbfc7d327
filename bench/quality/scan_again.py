"""Tell pages scanned twice from other pages of their form: how alike two ways of comparing find them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.draw_volume import draw_volume
from imaging.alike import find_alike
from imaging.arrays import Pixels
from imaging.fingerprint import fingerprint
from ingest.checks.find_duplicates import ALIKE, ALIKE_UNKNOWN_FORM
from ingest.pipeline.straighten_page import straighten_page

WIDTH, HEIGHT = 1754, 1240
_NO_LEAST = -1.0


@dataclass(frozen=True)
class Likeness:
    """How alike each page is to its own second scan, and to the likest of the other pages."""

    again: tuple[float, ...]
    others: tuple[float, ...]

    def figures(self, least: float, about: str) -> dict[str, float]:
        """Return how many second scans are found and how many other pages are taken for one at a limit."""
        return {
            f"{about}.limit": least,
            f"{about}.second_scans": len(self.again),
            f"{about}.second_scans_found": sum(one >= least for one in self.again),
            f"{about}.other_pages": len(self.others),
            f"{about}.other_pages_taken_for_one": sum(one >= least for one in self.others),
            f"{about}.second_scan_lowest": round(min(self.again), 3),
            f"{about}.other_page_highest": round(max(self.others), 3),
        }


def scan_again(page: Pixels, rng: Generator) -> Pixels:
    """Return a page (H×W×3) as a second scan shows it: laid otherwise, in other light."""
    high, wide = page.shape[:2]
    about = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-1.5, 1.5), rng.uniform(0.97, 1.0))
    turn = np.array(about, dtype=np.float64)
    turn[:, 2] += rng.uniform(-12, 12, 2)
    laid = cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(laid, (0, 0), rng.uniform(0.4, 0.9)).astype(np.float32)
    grain = rng.normal(0, 3, (high, wide, 1)).astype(np.float32)
    return np.asarray(np.clip(soft * rng.uniform(0.9, 1.06) + grain, 0, 255), dtype=np.uint8)


def measure_likeness(pages: int, seed: int, severity: int) -> dict[str, float]:
    """Return the figures of both limits: a volume whose form is known, and two pages by themselves."""
    rng = np.random.default_rng([seed, severity])
    drawn = [np.asarray(one.pixels) for one in draw_volume(pages, seed, severity, width=WIDTH, height=HEIGHT)]
    first = [fingerprint(straighten_page(one).pixels) for one in drawn]
    again = [fingerprint(straighten_page(scan_again(one, rng)).pixels) for one in drawn]
    return {
        **_likeness(again, first).figures(ALIKE, "volume"),
        **_alone(again, first).figures(ALIKE_UNKNOWN_FORM, "two_pages"),
    }


def _likeness(again: Sequence[bytes], first: Sequence[bytes]) -> Likeness:
    pairs = find_alike(again, first, _NO_LEAST)
    own = {pair.one: pair.likeness for pair in pairs if pair.one == pair.other}
    others: dict[int, float] = {}
    for pair in pairs:
        if pair.one != pair.other:
            others[pair.one] = max(others.get(pair.one, _NO_LEAST), pair.likeness)
    return Likeness(tuple(own.get(at, _NO_LEAST) for at in range(len(again))), tuple(others.values()))


def _alone(again: Sequence[bytes], first: Sequence[bytes]) -> Likeness:
    """Compare two by two, as a station does with the first pages of a book."""
    table = [[find_alike([one], [other], _NO_LEAST)[0].likeness for other in first] for one in again]
    own = tuple(row[at] for at, row in enumerate(table))
    return Likeness(
        own, tuple(max(one for place, one in enumerate(row) if place != at) for at, row in enumerate(table))
    )
