"""Set a text into a box, as large as it goes, in columns from the right or in lines from the top."""

from math import ceil

from PIL import ImageDraw

from huji.inspect.find_font import font_of_size
from huji.inspect.palette import Colour

FBox = tuple[float, float, float, float]

SMALLEST, LARGEST = 9, 32
PITCH, LEADING = 1.04, 1.12
"""Steps from glyph to glyph and from line to line, in sizes."""


def set_text(pen: ImageDraw.ImageDraw, box: FBox, text: str, vertical: bool, colour: Colour) -> None:
    """Write a text into a box of an image; one that is too long at the smallest size runs on below it."""
    glyphs = "".join(text.split())
    if not glyphs:
        return
    x0, y0, x1, y1 = box
    along, across = (y1 - y0, x1 - x0) if vertical else (x1 - x0, y1 - y0)
    size = fitting_size(len(glyphs), along, across)
    font = font_of_size(size)
    if not vertical:
        _set_rows(pen, box, glyphs, size, colour)
        return
    a_line = max(1, int(along / (size * PITCH)))
    for at, glyph in enumerate(glyphs):
        column, row = divmod(at, a_line)
        middle = (x1 - size * LEADING * (column + 0.5), y0 + size * PITCH * (row + 0.5))
        pen.text(middle, glyph, fill=colour, font=font, anchor="mm")


def _set_rows(pen: ImageDraw.ImageDraw, box: FBox, glyphs: str, size: int, colour: Colour) -> None:
    """Set rows by what each glyph takes: digits and Latin letters are narrow."""
    font = font_of_size(size)
    x, y = box[0], box[1] + size * LEADING / 2
    for glyph in glyphs:
        wide = font.getlength(glyph)
        if x + wide > box[2] + size * 0.3 and x > box[0]:
            x, y = box[0], y + size * LEADING
        pen.text((x, y), glyph, fill=colour, font=font, anchor="lm")
        x += wide


def fitting_size(glyphs: int, along: float, across: float) -> int:
    """Return the largest size at which so many glyphs fit lines `along` pixels long, `across` pixels deep."""
    for size in range(LARGEST, SMALLEST, -1):
        a_line = int(along / (size * PITCH))
        if a_line and ceil(glyphs / a_line) * size * LEADING <= across + size * 0.15:
            return size
    return SMALLEST
