"""What reading a page answers: frozen, without pixels, boxes in pixels of the file as given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from imaging.crop import CropEstimate
from imaging.orientation import UNKNOWN_ORIENTATION, OrientationEstimate
from imaging.perspective import NO_PERSPECTIVE, PerspectiveEstimate
from imaging.skew import SkewEstimate
from imaging.transform import PageTransform

Box = tuple[int, int, int, int]
Alternatives = tuple[tuple[str, float], ...]
Ink = Literal["black", "red", "other"]
"""What a line is written in: 除戶 notes are red, and colour carries meaning; a grey page has no red."""


@dataclass(frozen=True, slots=True)
class LineText:
    """One line of writing: of a page without a form, or of a cell."""

    box: Box
    text: str
    confidence: float
    vertical: bool
    ink: Ink = "black"


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell holds, as written; `text` is empty where nothing is written.

    `row` and `col` count grid positions from the top left, the spans how many of them it takes. `field` is
    the key of the field whose printed label the cell is, if it is one; `lines` are in the order they are
    read.
    """

    row: int
    col: int
    box: Box
    text: str
    confidence: float
    alternatives: Alternatives
    field: str | None
    lines: tuple[LineText, ...] = ()
    row_span: int = 1
    col_span: int = 1

    @property
    def inks(self) -> tuple[Ink, ...]:
        """What each line is written in."""
        return tuple(line.ink for line in self.lines)


@dataclass(frozen=True, slots=True)
class Value:
    """One field's value as written, where it stands, and what else it might be.

    `parsed` holds plain JSON types where the field's kind has a parsed form and the text has one. `inferred`
    is what may have been meant where the text is no date, no known place or no number, or holds lookalikes;
    it replaces nothing. `raw_confidence` is the engine's own, `evidence` what else was weighed. `inks` has
    one ink a line, and is empty where nobody looked at the colours.
    """

    text: str
    confidence: float
    box: Box
    alternatives: Alternatives = ()
    parsed: Mapping[str, Any] | None = None
    inferred: str | None = None
    inferred_reason: str | None = None
    raw_confidence: float | None = None
    evidence: tuple[str, ...] = ()
    inks: tuple[Ink, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page: a form's household and persons (in reading order), or else bare lines.

    `text` is everything in reading order, a line or a cell a line. `form` is the key of the printed form,
    where the series has several and the page tells which it is. `designation` is the page number that stands
    outside the form, as read.
    """

    household: Mapping[str, Value]
    persons: tuple[Mapping[str, Value], ...]
    cells: tuple[CellText, ...]
    lines: tuple[LineText, ...]
    text: str
    form: str | None = None
    designation: Value | None = None


@dataclass(frozen=True, slots=True)
class SeenRules:
    """The ruled lines seen on a page, as runs of points (x, y): those that bound cells, and those that do
    not."""

    kept: tuple[tuple[tuple[float, float], ...], ...]
    rejected: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as read, with the way between its derivative and the file, and seconds by step.

    `seals` are those taken out before a form was sought: what stood there was not read.
    """

    recogniser: str
    transform: PageTransform
    skew: SkewEstimate
    crop: CropEstimate
    content: PageContent
    timings: Mapping[str, float]
    rules: SeenRules = SeenRules((), ())
    orientation: OrientationEstimate = UNKNOWN_ORIENTATION
    perspective: PerspectiveEstimate = NO_PERSPECTIVE
    seals: tuple[Box, ...] = ()
