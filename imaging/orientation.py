"""Tell by how many quarter turns a page is turned, by reading a few of its lines and then single glyphs.

A line as it stands is read from one end or from the other, which tells a half turn from none. It does not
tell a column of an upright page from a row of a page laid on its side, because recognisers read glyphs that
lie on their left side as well as upright ones. Single glyphs, turned so that only one of the two is legible,
do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from imaging.arrays import Gray
from imaging.resize_by import resize_by
from imaging.text_lines import TextLineBox, text_lines

Quarter = Literal[0, 90, 180, 270]
ReadLines = Callable[[Sequence[Gray], bool], Sequence[tuple[str, float]]]
"""Reads crops of one line each, upright columns if the second argument says so: text and probability."""

_LENGTHS = (1280, 2200)  # pixels of the longer side at which lines are sought, the smaller first
_LINES = 4
_THICKNESS = 56  # pixels of a line as it is read
_READABLE = 0.75  # a glyph's probability, on average, in a line read from its proper end
_CLEARLY = 0.15  # by which that must exceed the other end's
_GLYPHS = 7
_FEW_LINES, _FEW_GLYPHS = 2, 5  # looked at first
_ALIKE_BEYOND_DOUBT = 0.7  # of the single glyphs: the other turn need not be tried
_LEAST_ALIKE = 3  # glyphs that read alone as they did in their line
_FIRST_BROAD = "\u2e80"  # from here on glyphs are as broad as high


@dataclass(frozen=True)
class OrientationEstimate:
    """The content's quarter turns in degrees, counter-clockwise as seen; confidence from 0 to 1.

    With method "none" nobody can tell, and the page is left as it is; "labels" means that the printed labels
    of a form were read where they stand.
    """

    turned_deg: Quarter
    confidence: float
    method: Literal["reading", "labels", "none"]


UNKNOWN_ORIENTATION = OrientationEstimate(0, 0.0, "none")


@dataclass(frozen=True)
class _Line:
    """One line's pixels as it stands on the page, and whether it stands upright."""

    pixels: Gray
    tall: bool


def estimate_orientation(gray: Gray, read: ReadLines) -> OrientationEstimate:
    """Return the quarter turns left in a straightened page (H×W uint8), as `read` makes them out."""
    lines = _cut_lines(gray)
    if not lines:
        return UNKNOWN_ORIENTATION
    readings = _read(lines[:_FEW_LINES], read)
    plain = _beyond_doubt(lines[:_FEW_LINES], readings, read)
    if plain is not None:
        return plain
    if len(lines) > _FEW_LINES:
        readings = [*readings, *_read(lines[_FEW_LINES:], read)]
    sure, margin, turned = _sureness(readings), 1.0, 0
    if sure < _READABLE + _CLEARLY:
        upended = [_Line(np.rot90(line.pixels, 2), line.tall) for line in lines]
        others = _read(upended, read)
        margin = abs(sure - _sureness(others))
        if _sureness(others) > sure:
            lines, readings, sure, turned = upended, others, _sureness(others), 180
    if sure < _READABLE or margin < _CLEARLY:
        return UNKNOWN_ORIENTATION
    aside, alike = _by_glyphs(_glyphs(lines, readings, _GLYPHS), lines[0].tall, read)
    return _estimate(turned + aside, sure, alike) if alike else UNKNOWN_ORIENTATION


def _beyond_doubt(
    lines: list[_Line], readings: Sequence[tuple[str, float]], read: ReadLines
) -> OrientationEstimate | None:
    """Return the turn that a first look at few lines and fewer glyphs tells clearly; most pages end here."""
    sure = _sureness(readings)
    if sure < _READABLE + _CLEARLY:
        return None
    glyphs = _glyphs(lines, readings, _FEW_GLYPHS)
    if len(glyphs) < _FEW_GLYPHS:
        return None
    turned, alike = _by_glyphs(glyphs, lines[0].tall, read)
    return _estimate(turned, sure, alike) if _is_enough(alike, glyphs) else None


def _is_enough(alike: int, glyphs: list[tuple[Gray, str]]) -> bool:
    return alike >= max(_LEAST_ALIKE, _ALIKE_BEYOND_DOUBT * len(glyphs))


def _estimate(turned: int, sure: float, alike: int) -> OrientationEstimate:
    return OrientationEstimate(_quarter(turned), sure * alike / (alike + 1), "reading")


def total_turn(skew_deg: float, orientation: OrientationEstimate) -> float:
    """Return how far content is turned in all, counter-clockwise as seen: above -180 up to 180 degrees."""
    total = (skew_deg + orientation.turned_deg) % 360
    return total - 360 if total > 180 else total


def _by_glyphs(glyphs: list[tuple[Gray, str]], tall: bool, read: ReadLines) -> tuple[int, int]:
    """Return 0 or how the page is turned that these lines are read so, and how many glyphs bear it out.

    A column read downwards is upright, or else a row turned clockwise (270); a row read to the right is
    upright, or a column turned the other way (90).
    """
    # First the turn at which one of the two is upright and the other lies on its right side, illegible.
    first, second = (0, 270) if tall else (90, 0)
    alike = _alike(glyphs, first, read)
    if _is_enough(alike, glyphs):
        return first, alike
    confirmed = _alike(glyphs, second, read)
    most, least = max(alike, confirmed), min(alike, confirmed)
    if most < max(_LEAST_ALIKE, 2 * least):
        return 0, 0
    return (first, alike) if alike > confirmed else (second, confirmed)


def _cut_lines(gray: Gray) -> list[_Line]:
    """Return a few lines as they stand, cut from the page at the size they are read at."""
    found: list[_Line] = []
    for length in _LENGTHS:
        scale = min(1.0, length / max(gray.shape))
        shown = gray if scale == 1.0 else resize_by(gray, scale)
        found = [_cut(gray, line, scale) for line in text_lines(shown, _LINES)]
        if len(found) >= _LINES or scale == 1.0:
            break
    return found


def _cut(gray: Gray, line: TextLineBox, scale: float) -> _Line:
    x0, y0, x1, y1 = (round(value / scale) for value in line.box)
    pixels = gray[max(0, y0) : max(1, y1), max(0, x0) : max(1, x1)]
    return _Line(resize_by(pixels, _THICKNESS / min(pixels.shape)), line.tall)


def _read(lines: list[_Line], read: ReadLines) -> Sequence[tuple[str, float]]:
    return read([line.pixels for line in lines], lines[0].tall)


def _sureness(readings: Sequence[tuple[str, float]]) -> float:
    """Return a glyph's probability on average; a line's is the product of its glyphs'."""
    weights = [max(len(text), 1) for text, _ in readings]
    glyphs = [sure ** (1 / weight) for (_, sure), weight in zip(readings, weights, strict=True)]
    return float(np.average(glyphs, weights=weights))


def _alike(glyphs: list[tuple[Gray, str]], turned: int, read: ReadLines) -> int:
    """Return how many single glyphs read as they did in their line when this turn is taken back."""
    alone = read([np.ascontiguousarray(np.rot90(glyph, -turned // 90)) for glyph, _ in glyphs], False)
    return sum(text == one for (_, text), (one, _) in zip(glyphs, alone, strict=True))


def _glyphs(lines: list[_Line], readings: Sequence[tuple[str, float]], most: int) -> list[tuple[Gray, str]]:
    """Return single glyphs of the lines, evenly cut, surest line first, with what each was read as."""
    found: list[tuple[Gray, str]] = []
    order = sorted(range(len(lines)), key=lambda at: -readings[at][1])
    for at in order:
        line, text = lines[at], readings[at][0]
        if len(text) < 2 or any(glyph < _FIRST_BROAD for glyph in text):
            continue
        pixels = line.pixels if line.tall else line.pixels.T
        edges = np.linspace(0, len(pixels), len(text) + 1).round().astype(int)
        pieces = [pixels[low:high] for low, high in pairwise(edges)]
        found += [(piece if line.tall else piece.T, text) for piece, text in zip(pieces, text, strict=True)]
    return found[:most]


def _quarter(degrees: int) -> Quarter:
    turns: tuple[Quarter, ...] = (0, 90, 180, 270)
    return turns[degrees // 90 % 4]
