"""Draws ruled tables with printed labels and written values, whole pages for each series."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.pages.find_faces import choose_face

Box = tuple[int, int, int, int]
PAPER, PRINT, HAND = (238, 232, 220), (60, 54, 50), (30, 28, 28)


@dataclass(frozen=True)
class Drawn:
    """One cell: where, what, and whether it is printed or written by hand, downwards or along."""

    box: Box
    text: str
    printed: bool = False
    vertical: bool = False
    size: int = 46


def draw_table(
    cells: Sequence[Drawn], width: int = 3508, height: int = 2480, title: str = ""
) -> NDArray[np.uint8]:
    """Draw cells with their rulings on a blank page (H × W × 3), a title above the frame."""
    image = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(image)
    for cell in cells:
        pen.rectangle(cell.box, outline=PRINT, width=3)
        _write(pen, cell)
    if title:
        pen.text((width // 2 - 40 * len(title), 60), title, font=_font(True, 80), fill=PRINT)
    return np.asarray(image)


def _write(pen: ImageDraw.ImageDraw, cell: Drawn) -> None:
    x0, y0, x1, y1 = cell.box
    step = round(cell.size * 1.12)
    room = ((y1 - y0) if cell.vertical else (x1 - x0)) - 30
    fit = max(1, room // step)
    lines = [cell.text[at : at + fit] for at in range(0, len(cell.text), fit)]
    font = _font(cell.printed, cell.size)
    for number, line in enumerate(lines):
        offset = (number - (len(lines) - 1) / 2) * step * 1.15
        for place, glyph in enumerate(line):
            along = 16 + place * step
            down = ((x0 + x1) / 2 - cell.size / 2 - offset, float(y0 + along))
            right = (float(x0 + along), (y0 + y1) / 2 - cell.size * 0.6 + offset)
            at = down if cell.vertical else right
            pen.text(at, glyph, font=font, fill=PRINT if cell.printed else HAND)


def _font(printed: bool, size: int) -> ImageFont.FreeTypeFont:
    face = choose_face("print", "noto-serif") if printed else choose_face("hand", "tw-kai")
    return ImageFont.truetype(str(face.path), size, index=face.index)


def grid(
    rows: Sequence[Sequence[tuple[str, int]]],
    left: int,
    top: int,
    unit: int,
    height: int,
    printed: Sequence[str],
    vertical: bool = False,
) -> list[Drawn]:
    """Lay rows of (text, how many units wide) out; a text that is among `printed` is a label."""
    cells = []
    for number, row in enumerate(rows):
        x, y = left, top + number * height
        for text, span in row:
            box = (x, y, x + span * unit, y + height)
            cells.append(Drawn(box, text, text in printed, vertical))
            x += span * unit
    return cells
