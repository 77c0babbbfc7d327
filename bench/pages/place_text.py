"""Places the characters of a text in a cell: top to bottom and right to left, or across."""

from dataclasses import dataclass

from bench.pages.geometry import Box

SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
SHORT, SMALLEST_ONE_COLUMN = 5, 0.78
SMALLEST_TWO_COLUMNS = 0.85
TIGHT, LOOSE = 1.07, 1.2
COLUMN_PITCH = 1.24


class TextTooLongError(ValueError):
    """A text does not fit its cell even at the smallest size."""


@dataclass(frozen=True)
class Glyph:
    """A character, the middle of its square, the square's side in pixels, the line and the part of the text it is in."""

    character: str
    x: float
    y: float
    size: float
    line: int = 0
    part: int = 0


def place_value(text: str | tuple[str, ...], cell: Box, size: float, unit: float) -> list[Glyph]:
    """Return the glyphs of a written value: one text column if it fits, else two or more,
    smaller only if it must be. Each part of a text given in parts begins a column.

    Raises: TextTooLongError.
    """
    parts = (text,) if isinstance(text, str) else text
    if not any(parts):
        return []
    room = cell.inset(15 * unit)
    for share in SHARES:
        most = int(room.height / (size * share * TIGHT))
        broken = [_break_text(part, most, share) if part else [""] for part in parts]
        columns = [(at, column) for at, part in enumerate(broken) for column in part if column]
        if all(broken) and _columns_width(len(columns), size * share) <= room.width:
            return _set_columns(columns, room, size * share)
    raise TextTooLongError(
        f"A text of {sum(map(len, parts))} characters does not fit a cell of {cell.as_list()}."
    )


def place_label(text: str, cell: Box, size: float, unit: float) -> list[Glyph]:
    """Return the glyphs of a printed label, spread over the height of its cell and in the middle of its
    width.
    """
    room = cell.inset(10 * unit)
    side = min(size, room.width, room.height / len(text) / 1.02)
    pitch = min(room.height / len(text), side * 1.9)
    middle_x, middle_y = (cell.x0 + cell.x1) / 2, (cell.y0 + cell.y1) / 2
    first = middle_y - pitch * (len(text) - 1) / 2
    return [Glyph(character, middle_x, first + pitch * at, side) for at, character in enumerate(text)]


def _break_text(text: str, most: int, share: float) -> list[str]:
    """Return the text columns of at most so many characters,
    or none where a clerk would rather write smaller.
    """
    if most >= len(text):
        return [text]
    if text.endswith("日") and text.count("日") == 1:
        return _break_date(text, most, share)
    if len(text) <= SHORT and share > SMALLEST_ONE_COLUMN:
        return []
    return [text[at : at + most] for at in range(0, len(text), most)] if most else []


def _break_date(text: str, most: int, share: float) -> list[str]:
    """Return a date alone broken after its year, as clerks wrote it, and after its month where it must be."""
    year, month = text.find("年") + 1, text.find("月") + 1
    if max(year, len(text) - year) <= most:
        return [text[:year], text[year:]]
    parts = [text[:year], text[year:month], text[month:]]
    return parts if share <= SMALLEST_TWO_COLUMNS and max(map(len, parts)) <= most else []


def _columns_width(count: int, size: float) -> float:
    return size * (1 + (count - 1) * COLUMN_PITCH)


def _set_columns(columns: list[tuple[int, str]], room: Box, size: float) -> list[Glyph]:
    longest = max(len(column) for _, column in columns)
    pitch = size * TIGHT if len(columns) > 2 else min(size * LOOSE, room.height / longest)
    step = size * COLUMN_PITCH
    spare = room.width - _columns_width(len(columns), size)
    first_x = room.x1 - size / 2 - spare * (0.5 if len(columns) < 3 else 0.2)
    return [
        Glyph(character, first_x - step * at, room.y0 + size / 2 + pitch * down, size, at, part)
        for at, (part, column) in enumerate(columns)
        for down, character in enumerate(column)
    ]
