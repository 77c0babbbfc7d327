"""Set a line's text into its box, as large as it goes and each glyph about where it was read."""

from itertools import accumulate

from PIL import ImageDraw

from huji.inspect.find_font import font_of_size
from huji.inspect.palette import Colour

FBox = tuple[float, float, float, float]

SMALLEST, LARGEST = 9, 72
SPACED = 1.04
"""Steps from glyph to glyph, in sizes."""


def set_text(pen: ImageDraw.ImageDraw, box: FBox, text: str, vertical: bool, colour: Colour) -> None:
    """Write a line into its box of an image; one that is too long at the smallest size runs on beyond it."""
    glyphs = "".join(text.split())
    if not glyphs:
        return
    x0, y0, x1, y1 = box
    along, across = (y1 - y0, x1 - x0) if vertical else (x1 - x0, y1 - y0)
    widths = [1.0 if vertical else _width(glyph) for glyph in glyphs]
    size = fitting_size(sum(widths), along, across)
    # Spread over the line, a glyph lies on what it was read from: a misreading is seen at a glance.
    step = max(along / sum(widths), float(size))
    for glyph, end, width in zip(glyphs, accumulate(widths), widths, strict=True):
        at = (end - width / 2) * step
        middle = ((x0 + x1) / 2, y0 + at) if vertical else (x0 + at, (y0 + y1) / 2)
        pen.text(middle, glyph, fill=colour, font=font_of_size(size), anchor="mm")


def fitting_size(ems: float, along: float, across: float) -> int:
    """Return the largest size at which so many glyphs' widths fit a line `along` × `across` pixels large."""
    return max(SMALLEST, min(LARGEST, int(across), int(along / (ems * SPACED))))


def _width(glyph: str) -> float:
    """Return a glyph's width in sizes: digits and Latin letters are narrow."""
    return font_of_size(LARGEST).getlength(glyph) / LARGEST or 1.0
