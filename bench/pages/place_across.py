"""Places the characters of a text from left to right, line under line."""

from bench.pages.geometry import Box
from bench.pages.place_text import Glyph, TextTooLongError

SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65)
HALF = 0.56
PITCH, LINE_PITCH = 1.04, 1.22


def advance(character: str) -> float:
    """Return how far a character moves the pen, in sizes: letters and digits take half a square."""
    return HALF if character.isascii() else 1.0


def place_across(text: str | tuple[str, ...], cell: Box, size: float, unit: float) -> list[Glyph]:
    """Return the glyphs of a value written across: one line if it fits, else more, smaller only if it must be.
    Each part of a text given in parts begins a line.

    Raises: TextTooLongError.
    """
    parts = (text,) if isinstance(text, str) else text
    room = cell.inset(14 * unit)
    for share in SHARES:
        side = size * share
        lines = [(at, line) for at, part in enumerate(parts) for line in _break(part, room.width, side)]
        fits = side * (1 + (len(lines) - 1) * LINE_PITCH) <= room.height
        if fits and all(_length(line, side) <= room.width for _, line in lines):
            return _set(lines, room, side)
    raise TextTooLongError(
        f"A text of {sum(map(len, parts))} characters does not fit a cell of {cell.as_list()}."
    )


def place_label_across(text: str, cell: Box, size: float, unit: float) -> list[Glyph]:
    """Return the glyphs of a printed label written across, in the middle of its cell, in two lines if it must be."""
    room = cell.inset(10 * unit)
    for count in range(1, len(text) + 1):
        half = -(-len(text) // count)
        lines = [(0, text[at : at + half]) for at in range(0, len(text), half)]
        side = min(size, room.width / half / PITCH, room.height / (count * LINE_PITCH))
        if side >= size * 0.72 or side * LINE_PITCH * (count + 1) > room.height:
            return _set(lines, room, side, middle=True)
    return []


def _length(line: str, side: float) -> float:
    return sum(advance(character) for character in line) * side * PITCH


def _break(text: str, width: float, side: float) -> list[str]:
    lines, line = [], ""
    for character in text:
        if line and _length(line + character, side) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line else lines


def _set(lines: list[tuple[int, str]], room: Box, side: float, *, middle: bool = False) -> list[Glyph]:
    step = side * LINE_PITCH
    top = (room.y0 + room.y1) / 2 - step * (len(lines) - 1) / 2
    glyphs = []
    for at, (part, line) in enumerate(lines):
        x = (room.x0 + room.x1 - _length(line, side)) / 2 if middle else room.x0
        for character in line:
            wide = advance(character) * side * PITCH
            glyphs.append(Glyph(character, x + wide / 2, top + step * at, side, at, part))
            x += wide
    return glyphs
