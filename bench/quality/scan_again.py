"""Draw the pages of every series, scan each twice, and keep where their writing lies."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages import PageSpec, draw_volume
from bench.pages.lay_out import form_ids
from domain.series import series_keys
from imaging.arrays import Pixels
from imaging.fingerprint import fingerprint
from ingest.pipeline.straighten_page import straighten_page

WIDTH, HEIGHT = 1754, 1240


@dataclass(frozen=True)
class ScannedTwice:
    """One page's fingerprints of two scans."""

    first: bytes
    again: bytes


def scan_volumes(pages: int, seed: int, severity: int) -> Iterator[list[ScannedTwice]]:
    """Yield a volume of each series whose pages are drawn; its forms and type faces take turns."""
    rng = np.random.default_rng([seed, severity])
    for series in drawn_series():
        like = replace(PageSpec(), series=series)
        drawn = draw_volume(pages, seed, severity, width=WIDTH, height=HEIGHT, like=like)
        yield [scan_twice(np.asarray(one.pixels), rng) for one in drawn]


def drawn_series() -> list[str]:
    """Return the series that the pages' generator has forms of."""
    found = []
    for key in series_keys():
        with suppress(ValueError):
            form_ids(key)
            found.append(key)
    return found


def scan_twice(page: Pixels, rng: Generator) -> ScannedTwice:
    """Return the fingerprints of a page (H×W×3) and of its second scan."""
    first, again = (straighten_page(each).pixels for each in (page, scan_again(page, rng)))
    return ScannedTwice(fingerprint(first), fingerprint(again))


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
