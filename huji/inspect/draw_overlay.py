"""Draw what was found on a page over the page, and what was read beside it, for a person to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from domain.series import Series
from huji.inspect.draw_faults import ROW, draw_faults, fault_rows
from huji.inspect.draw_legend import LEGEND_HEIGHT, draw_legend
from huji.inspect.mark_page import Marker, mark_page
from huji.inspect.palette import CELL, LABEL, colour_of_doubt
from huji.inspect.set_text import set_text
from imaging.quality import Finding
from ingest.pipeline.results import PageReading

LONG_SIDE = 1900
"""The longer side of either picture, in pixels: small writing stays readable, files stay small."""
GAP = 12
FADED = 0.22
"""How much of the page shows behind what was read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the machine saw of a page, and the series that it was read as."""

    reading: PageReading
    findings: Sequence[Finding]
    series: Series


def draw_overlay(pixels: NDArray[np.uint8], seen: Seen, target: Path) -> None:
    """Save two pictures of the page (H × W × 3) as one PNG: marked, and with what was read in its place.

    Raises:
        NoFont: no installed face has traditional Chinese.
    """
    height, width = pixels.shape[:2]
    scale = LONG_SIDE / max(height, width)
    page = Image.fromarray(pixels).resize(
        (max(1, round(width * scale)), max(1, round(height * scale))),
        Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC,
    )
    beside = page.height > page.width
    second = (page.width + GAP, 0) if beside else (0, page.height + GAP)
    wide, low = second[0] + page.width, second[1] + page.height
    rows = fault_rows(seen.findings, wide)
    size = (wide, low + LEGEND_HEIGHT + ROW * len(rows))
    picture = Image.new("RGB", size, (255, 255, 255))
    picture.paste(page, (0, 0))
    picture.paste(Image.blend(Image.new("RGB", page.size, (255, 255, 255)), page, FADED), second)
    pen = ImageDraw.Draw(picture)
    mark_page(Marker(pen, scale, (0, 0), seen.reading.transform), seen.reading, seen.findings, seen.series)
    _write_readings(Marker(pen, scale, second, seen.reading.transform), seen)
    draw_legend(pen, (0, low), wide, seen.series)
    draw_faults(pen, (0, low + LEGEND_HEIGHT), rows)
    picture.save(target)


def _write_readings(marker: Marker, seen: Seen) -> None:
    """Write every cell's or line's text where it was read, in the colour of its doubt.

    Glyphs stand upright also on a page that lies on its side: there a column's are set in a row.
    """
    content = seen.reading.content
    lying = seen.reading.orientation.turned_deg % 180 != 0
    for cell in content.cells:
        marker.frame(cell.box, LABEL if cell.field else CELL, 1)
    for line in (*content.lines, *(line for cell in content.cells for line in cell.lines)):
        down = line.vertical != lying
        set_text(marker.pen, marker.box(line.box), line.text, down, colour_of_doubt(line.confidence))
