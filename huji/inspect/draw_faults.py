"""Write what is wrong with a page under its overlay: each fault with its measure and its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from PIL import ImageDraw

from huji.inspect.find_font import font_of_size
from huji.inspect.palette import FLAGGED
from huji.inspect.tell_fault import tell_fault
from imaging.quality import Finding

SIZE, ROW, MARGIN = 17, 25, 10


def faults_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that are faults; those with a place on the page are numbered in this order."""
    faults = [one for one in findings if one.verdict != "accept"]
    return tuple(sorted(faults, key=lambda one: one.where is None))


def fault_rows(findings: Sequence[Finding], width: int) -> list[str]:
    """Return the rows that tell the faults on a picture so many pixels wide; none where there are none."""
    told = [
        tell_fault(one.check, asdict(one), f"框 box {number}" if one.where else None)
        for number, one in enumerate(faults_of(findings), start=1)
    ]
    return [row for fault in told for row in _wrapped(fault, width - 2 * MARGIN)]


def draw_faults(pen: ImageDraw.ImageDraw, corner: tuple[int, int], rows: Sequence[str]) -> None:
    """Write the rows from a corner down."""
    for number, row in enumerate(rows):
        at = (corner[0] + MARGIN, corner[1] + number * ROW)
        pen.text(at, row, fill=FLAGGED, font=font_of_size(SIZE))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield rows of a text, broken between words, or between glyphs of Chinese."""
    font, row = font_of_size(SIZE), ""
    for part in re.findall(r"[!-~]+ ?|\s|[^!-~\s]", text):
        if row and font.getlength(row + part.rstrip()) > width:
            yield row.rstrip()
            row = "    "
        row += part
    yield row.rstrip()
