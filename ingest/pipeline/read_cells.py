"""Read the writing of every cell of a form."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.layout.cells import Cell
from ingest.layout.tell_ink import Ink, tell_ink
from ingest.ocr.port import Reading, Recogniser
from ingest.pipeline.cut_cells import CutCell
from ingest.pipeline.join_figures import are_figures, join_figures, row_by_shape

Gray = NDArray[np.uint8]
Box = tuple[int, int, int, int]
Opinion = Literal["agrees", "differs"]

MARGIN = 5
"""Paper left round a line, in pixels: the recogniser was trained on crops that are not cut to the stroke."""
KEPT_ALTERNATIVES = 4
LYING = 1.5
"""Times its height from which a line's width says that it lies on a form written downwards: figures."""
SURE_FIGURES = 0.8
"""A row of figures that is read with less confidence, or in which fewer are read than it has pieces, is read
in its pieces too."""


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell with its lines of writing, in pixels of the straightened page, and how they read.

    `ink` is the box of the writing, or of the whole cell where it is blank; `inks` has one ink a line, or is
    empty where nobody looked at the colours. `second` is what a second engine made of the doubtful lines, if
    one was asked and read anything.
    """

    cell: Cell
    lines: tuple[Box, ...]
    readings: tuple[Reading, ...]
    inks: tuple[Ink, ...] = ()
    second: Opinion | None = None

    @property
    def line_inks(self) -> tuple[Ink, ...]:
        """The ink of every line, black where nobody looked."""
        unseen: Ink = "black"
        return self.inks or (unseen,) * len(self.lines)

    @property
    def text(self) -> str:
        """The lines' texts, one after the other."""
        return "".join(reading.text for reading in self.readings)

    @property
    def confidence(self) -> float:
        """How likely all of the text is right; 0 where nothing is written."""
        return prod(reading.confidence for reading in self.readings) if self.text else 0.0

    @property
    def ink(self) -> Box:
        """The box of the writing, or of the whole cell where it is blank."""
        if not self.lines:
            return self.cell.box
        x0, y0, x1, y1 = zip(*self.lines, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    @property
    def alternatives(self) -> tuple[tuple[str, float], ...]:
        """Other texts of the whole cell, each with one line read otherwise, likeliest first."""
        ranked = sorted(self._otherwise(), key=lambda pair: -pair[1])
        # A second engine's readings, one a line at most, stand beside the first one's and push none out.
        seconded = 0 if self.second is None else len(self.readings)
        return tuple(ranked[: KEPT_ALTERNATIVES + seconded])

    def _otherwise(self) -> Iterator[tuple[str, float]]:
        whole = self.confidence
        for place, reading in enumerate(self.readings):
            before = "".join(one.text for one in self.readings[:place])
            after = "".join(one.text for one in self.readings[place + 1 :])
            for text, probability in reading.alternatives:
                share = probability / reading.confidence if reading.confidence else 0.0
                yield before + text + after, whole * share


def read_cells(
    gray: Gray, cells: Sequence[CutCell], recogniser: Recogniser, vertical: bool
) -> tuple[WrittenCell, ...]:
    """Read all lines of the cells in one call, and in another the rows of figures on a vertical form."""
    rows = _read_rows(gray, cells, recogniser) if vertical else {}
    others = [cell for place, cell in enumerate(cells) if place not in rows]
    crops = [cut(gray, line) for cell in others for line in cell.lines]
    readings = iter(recogniser.read_lines(crops, vertical) if crops else [])
    read = [_written(cell.cell, cell.lines, [next(readings) for _ in cell.lines]) for cell in others]
    written = iter(_rows_of_figures(gray, read, recogniser) if vertical else read)
    return tuple(rows[place] if place in rows else next(written) for place in range(len(cells)))


def _read_rows(gray: Gray, cells: Sequence[CutCell], recogniser: Recogniser) -> dict[int, WrittenCell]:
    """Read whole what looks like a row of figures, by the cells' places; what reads otherwise is left out."""
    rows = {place: row for place, cell in enumerate(cells) if (row := row_by_shape(cell.lines))}
    readings = recogniser.read_lines([cut(gray, row) for row in rows.values()], False) if rows else []
    return {
        place: WrittenCell(cells[place].cell, (row,), (reading,))
        for (place, row), reading in zip(rows.items(), readings, strict=True)
        if _is_whole(reading, len(cells[place].lines))
    }


def _is_whole(reading: Reading, pieces: int) -> bool:
    sure = reading.confidence >= SURE_FIGURES and are_figures(reading.text)
    return sure and len(reading.text) >= pieces


def _rows_of_figures(
    gray: Gray, cells: Sequence[WrittenCell], recogniser: Recogniser
) -> Iterator[WrittenCell]:
    """Read numbers whole that were cut into columns; what reads no surer so is left as it was."""
    rows = [join_figures(cell.lines, [one.text for one in cell.readings]) for cell in cells]
    crops = [cut(gray, row) for row in rows if row is not None]
    readings = iter(recogniser.read_lines(crops, False) if crops else [])
    for cell, row in zip(cells, rows, strict=True):
        reading = None if row is None else next(readings)
        surer = reading is not None and reading.text and reading.confidence > cell.confidence
        yield replace(cell, lines=(row,), readings=(reading,)) if surer and row and reading else cell


def _written(cell: Cell, boxes: Sequence[Box], readings: Sequence[Reading]) -> WrittenCell:
    """Drop the lines in which nothing was read: a stain, a fold."""
    kept = [(box, reading) for box, reading in zip(boxes, readings, strict=True) if reading.text]
    return WrittenCell(cell, tuple(box for box, _ in kept), tuple(reading for _, reading in kept))


def with_inks(
    rgb: Gray, gray: Gray, to_rgb: Callable[[Box], Box], cells: Sequence[WrittenCell]
) -> tuple[WrittenCell, ...]:
    """Add to every line the ink it is written in; `to_rgb` leads from a box on `gray` to one on `rgb`."""
    return tuple(
        replace(cell, inks=tuple(tell_ink(rgb, gray, to_rgb(line), line) for line in cell.lines))
        for cell in cells
    )


def lies(line: Box) -> bool:
    """Tell a line that runs across, also on a form that is written downwards."""
    x0, y0, x1, y1 = line
    return x1 - x0 > LYING * (y1 - y0)


def cut(gray: Gray, line: Box) -> Gray:
    """Cut a line out with the margin that recognisers want."""
    x0, y0, x1, y1 = line
    return gray[max(0, y0 - MARGIN) : y1 + MARGIN, max(0, x0 - MARGIN) : x1 + MARGIN]
