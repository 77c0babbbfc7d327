"""Compare fingerprints of one volume's pages: pairs so alike that they are one page scanned twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.fingerprint import SIDE

_FORM_SHARE = 1.0
_SHIFTS = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))
_SHORTLIST = 4
_LEAST_FOR_FORM = 6
_CHUNK = 512

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two pages by their places in the lists given, and how alike their writing is, from 0 to 1."""

    one: int
    other: int
    likeness: float


def find_alike(these: Sequence[bytes], those: Sequence[bytes], least: float) -> list[Alike]:
    """Return, for each of `these`, those of `those` that are at least so alike, the likest first.

    What the pages have in common is the form, and is taken out first; compared is what each adds to it.
    """
    if not these or not those:
        return []
    ours, theirs = _maps(these), _maps(those)
    form = _form(np.concatenate([ours, theirs]))
    coarse = _unit(_soft(theirs - form))
    found: list[Alike] = []
    shifted = [_unit(np.roll(theirs - form, shift, axis=(1, 2))) for shift in _SHIFTS]
    for start in range(0, len(ours), _CHUNK):
        part = ours[start : start + _CHUNK] - form
        near = _unit(_soft(part)) @ coarse.T
        for row, one in enumerate(_unit(part)):
            for place in np.argsort(-near[row])[:_SHORTLIST]:
                likeness = max(float(one @ each[place]) for each in shifted)
                if likeness >= least:
                    found.append(Alike(start + row, int(place), likeness))
    return sorted(found, key=lambda pair: (pair.one, -pair.likeness))


def _maps(prints: Sequence[bytes]) -> Vectors:
    joined = np.frombuffer(b"".join(prints), np.uint8).astype(np.float32)
    return joined.reshape(-1, SIDE, SIDE)


def _form(maps: Vectors) -> Vectors:
    if len(maps) < _LEAST_FOR_FORM:
        return np.zeros(maps.shape[1:], np.float32)
    return np.asarray(np.median(maps[:: max(1, len(maps) // 400)], axis=0) * _FORM_SHARE, dtype=np.float32)


def _soft(maps: Vectors) -> Vectors:
    """Return maps averaged over three by three parts, so that a page laid a little otherwise stays near."""
    return np.asarray(sum(np.roll(maps, shift, axis=(1, 2)) for shift in _SHIFTS), dtype=np.float32)


def _unit(maps: Vectors) -> Vectors:
    flat = maps.reshape(len(maps), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6), dtype=np.float32)
