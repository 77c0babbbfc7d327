"""Mark on a page what was seen on it: rules, cells, seals, boxes of what was read, inks, crop, faults."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from domain.series import Series
from huji.inspect.draw_faults import faults_of
from huji.inspect.find_font import font_of_size
from huji.inspect.palette import (
    CELL,
    CROP,
    FLAGGED,
    LABEL,
    NUMBERED,
    OTHER_INK,
    QUIET,
    RED_INK,
    REJECTED,
    RULE,
    SEAL,
    Colour,
    colour_of_doubt,
)
from huji.inspect.tell_fault import tell_measure
from imaging.quality import Finding
from imaging.transform import PageTransform
from ingest.pipeline.results import Box, CellText, LineText, PageReading, Value

Run = Sequence[tuple[float, float]]
TAG, NUMBER = 15, 10
DASH = 14


@dataclass(frozen=True, slots=True)
class Marker:
    """A pen on a picture that shows the file at `scale`, its corner at `corner`; boxes turn with the page."""

    pen: ImageDraw.ImageDraw
    scale: float
    corner: tuple[int, int]
    transform: PageTransform

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page lies on the picture."""
        return self.corner[0] + x * self.scale, self.corner[1] + y * self.scale

    def box(self, box: Box) -> tuple[float, float, float, float]:
        """Return where a box of the page lies on the picture."""
        return (*self.place(box[0], box[1]), *self.place(box[2], box[3]))

    def frame(self, box: Box, colour: Colour, width: int, inset: int = 0) -> None:
        """Draw the outline of a box of the straightened page, turned as the page is on the file."""
        x0, y0, x1, y1 = self.transform.upright_box(box)
        by = inset / self.scale
        corners = [(x0 + by, y0 + by), (x1 - by, y0 + by), (x1 - by, y1 - by), (x0 + by, y1 - by)]
        points = [(float(x), float(y)) for x, y in self.transform.to_master(corners)]
        self.run([*points, points[0]], colour, width)

    def bar(self, box: Box, colour: Colour, width: int) -> None:
        """Draw a bar along the right side of a box of the straightened page, turned as the page is."""
        _, y0, x1, y1 = self.transform.upright_box(box)
        beside = x1 + (width // 2 + 1) / self.scale
        points = [(float(x), float(y)) for x, y in self.transform.to_master([(beside, y0), (beside, y1)])]
        self.run(points, colour, width)

    def upright(self, box: Box, colour: Colour, width: int) -> None:
        """Draw the outline of a box as it stands on the file."""
        self.pen.rectangle(self.box(box), outline=colour, width=width)

    def run(self, points: Run, colour: Colour, width: int) -> None:
        """Draw a run of points."""
        self.pen.line([self.place(x, y) for x, y in points], fill=colour, width=width)

    def dashed(self, box: Box, colour: Colour, width: int) -> None:
        """Draw a box's outline in dashes."""
        x0, y0, x1, y1 = self.box(box)
        for x in range(int(x0), int(x1), 2 * DASH):
            for y in (y0 + 1, y1 - 2):
                self.pen.line((x, y, min(x + DASH, x1), y), fill=colour, width=width)
        for top in range(int(y0), int(y1), 2 * DASH):
            for side in (x0 + 1, x1 - 2):
                self.pen.line((side, top, side, min(top + DASH, y1)), fill=colour, width=width)

    def number(self, box: Box, number: int) -> None:
        """Write a line's number small before its first corner, with no ground: lines may stand close."""
        x0, y0, _, _ = self.box(box)
        at = (max(x0 - 2, float(self.corner[0]) + 2 * NUMBER), y0)
        self.pen.text(at, str(number), fill=NUMBERED, font=font_of_size(NUMBER), anchor="rm")

    def tag(self, box: Box, text: str, colour: Colour, above: bool = True, row: int = 0) -> None:
        """Write a small tag above a box's corner, or inside it so many rows down, and within the page."""
        x0, y0, _, _ = self.box(box)
        font = font_of_size(TAG)
        wide = font.getlength(text)
        right, low = self.place(*self.transform.master_size)
        x, y = (x0, y0 - TAG - 3) if above else (x0 + 3, y0 + 2 + row * (TAG + 3))
        at = (
            max(self.corner[0], min(x, right - wide - 4)),
            max(self.corner[1], min(y, low - TAG - 3)),
        )
        self.pen.rectangle((at[0], at[1], at[0] + wide + 3, at[1] + TAG + 2), fill=(255, 255, 255))
        self.pen.text((at[0] + 2, at[1]), text, fill=colour, font=font)


def mark_page(marker: Marker, reading: PageReading, findings: Sequence[Finding], series: Series) -> None:
    """Mark everything on a picture of the page."""
    content = reading.content
    for run in reading.rules.rejected:
        marker.run(run, REJECTED, 1)
    for run in reading.rules.kept:
        marker.run(run, RULE, 1)
    for cell in content.cells:
        _mark_cell(marker, cell, series)
    for box in reading.seals:
        marker.frame(box, SEAL, 2)
        marker.tag(box, "印 seal", SEAL)
    for key, value in _values([content.household, *content.persons]):
        marker.frame(value.box, colour_of_doubt(value.confidence), 2)
        marker.tag(value.box, series.field(key).label, colour_of_doubt(value.confidence))
    for number, line in enumerate(content.lines, start=1):
        marker.frame(line.box, colour_of_doubt(line.confidence), 2)
        marker.number(line.box, number)
        _mark_ink(marker, line)
    if content.designation is not None:
        colour = colour_of_doubt(content.designation.confidence)
        marker.frame(content.designation.box, colour, 2)
        marker.tag(content.designation.box, f"頁次 page {content.designation.text}", colour)
    marker.dashed(reading.crop.box, CROP, 3)
    faults = faults_of(findings)
    for number, fault in enumerate(faults, start=1):
        if fault.where is not None:
            # Several may be of the whole page: their tags stand one below the other.
            row = sum(other.where == fault.where for other in faults[: number - 1])
            marker.upright(fault.where, FLAGGED, 3)
            marker.tag(fault.where, f"{number} {tell_measure(fault.zh)}", FLAGGED, above=False, row=row)


def _mark_cell(marker: Marker, cell: CellText, series: Series) -> None:
    """Frame a cell, green-blue where it is a label; its row and column, and how many it spans."""
    marker.frame(cell.box, LABEL if cell.field else CELL, 3 if cell.field else 1, inset=2)
    place = f"{cell.row},{cell.col}"
    if cell.row_span > 1 or cell.col_span > 1:
        place += f" 跨{cell.row_span}×{cell.col_span}"
    name = f" {series.field(cell.field).label}" if cell.field else ""
    marker.tag(cell.box, place + name, LABEL if cell.field else QUIET, above=False)
    for line in cell.lines:
        _mark_ink(marker, line)


def _mark_ink(marker: Marker, line: LineText) -> None:
    """Draw a bar beside a line that is written in another ink than black."""
    colour = {"red": RED_INK, "other": OTHER_INK}.get(line.ink)
    if colour is not None:
        marker.bar(line.box, colour, 5)


def _values(groups: Iterable[Mapping[str, Value]]) -> list[tuple[str, Value]]:
    return [(key, value) for group in groups for key, value in group.items()]
