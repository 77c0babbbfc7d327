"""Compare fingerprints of one volume's pages: pairs so alike that they are one page scanned twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.fingerprint import SIDE
from imaging.quality.thresholds import Thresholds

INKED = 12
"""A part's level from which ink lies in it."""
_RANK = 5  # beyond the page itself and some copies of it, the likest are other pages of its form
_ONE_FORM = 0.45
_SHORTLIST = 12
_CHUNK = 512
_USUAL = Thresholds()
_SHIFTS = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two pages by their places in the lists given, and how alike their writing is, from 0 to 1.

    `blank` says that there is hardly any writing on either: two blank forms of one kind are alike by their
    print, and nobody can tell whether they are one sheet.
    """

    one: int
    other: int
    likeness: float
    blank: bool = False


def find_alike(these: Sequence[bytes], those: Sequence[bytes], limits: Thresholds = _USUAL) -> list[Alike]:
    """Return, for each of `these`, those of `those` that are the same page, the likest first.

    Pages of one form are alike by their form alone, some forms more than others. So how alike a page is to
    others of the volume says how much likeness the form explains; where they are too few a high limit stands.
    """
    if not these or not those:
        return []
    ours, theirs = _maps(these), _maps(those)
    fine, coarse = _unit(theirs), _unit(_soft(theirs)).T
    found: list[Alike] = []
    for start in range(0, len(ours), _CHUNK):
        part = ours[start : start + _CHUNK]
        near = _unit(_soft(part)) @ coarse
        for row, one in enumerate(part):
            places = np.argsort(-near[row])[:_SHORTLIST]
            likeness = _likeness(one, fine[places])
            same = np.flatnonzero(likeness >= least_for(likeness, limits))
            for place, how in zip(places[same].tolist(), likeness[same].tolist(), strict=True):
                blank = _empty((one, theirs[place]), limits)
                found.append(Alike(start + row, place, how, blank))
    return sorted(found, key=lambda pair: (pair.one, -pair.likeness))


def likeness_of(one: bytes, those: Sequence[bytes]) -> Vectors:
    """Return how alike a page's writing is to each of some others', 1 for the same."""
    return _likeness(_maps([one])[0], _unit(_maps(those)))


def is_blank(writing: bytes, limits: Thresholds = _USUAL) -> bool:
    """Tell whether hardly more than a form's print lies where a fingerprint says that ink does."""
    return _empty(_maps([writing]), limits)


def least_for(likeness: Vectors, limits: Thresholds = _USUAL) -> float:
    """Return from which likeness on one of the pages a page was compared with is the same page."""
    ranked = np.sort(likeness)[::-1]
    if len(ranked) <= _RANK or ranked[_RANK] < _ONE_FORM:
        return limits.alike_alone
    return max(limits.alike_least, 1 - limits.alike_lacks * (1 - float(ranked[_RANK])))


def _likeness(one: Vectors, fine: Vectors) -> Vectors:
    """Return the likeness of a map to unit maps, laid where it fits best within a part each way."""
    laid = _unit(np.stack([np.roll(one, shift, axis=(0, 1)) for shift in _SHIFTS]))
    return np.asarray((fine @ laid.T).max(axis=1), dtype=np.float32)


def _empty(maps: Iterable[Vectors], limits: Thresholds) -> bool:
    return max(float(np.mean(each >= INKED)) for each in maps) < limits.alike_written


def _maps(prints: Sequence[bytes]) -> Vectors:
    joined = np.frombuffer(b"".join(prints), np.uint8).astype(np.float32)
    return joined.reshape(-1, SIDE, SIDE)


def _soft(maps: Vectors) -> Vectors:
    """Return maps averaged over three by three parts, so that a page laid a little otherwise stays near."""
    return np.asarray(sum(np.roll(maps, shift, axis=(1, 2)) for shift in _SHIFTS), dtype=np.float32)


def _unit(maps: Vectors) -> Vectors:
    flat = maps.reshape(len(maps), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6), dtype=np.float32)
