"""What reading a page answers: frozen, without pixels, boxes in pixels of the file as given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from imaging.skew import SkewEstimate
from imaging.transform import PageTransform

Box = tuple[int, int, int, int]
Alternatives = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell holds, as written; `text` is empty where nothing is written.

    `field` is the key of the series' field whose printed label the cell is, if it is one.
    """

    row: int
    col: int
    box: Box
    text: str
    confidence: float
    alternatives: Alternatives = ()
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One field's value as written, with where it stands and what it might be read as instead.

    `parsed` holds plain JSON types where the field's kind has a parsed form and the text has one.
    """

    text: str
    confidence: float
    box: Box
    alternatives: Alternatives = ()
    parsed: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class LineText:
    """One line of a page without a form."""

    box: Box
    text: str
    confidence: float
    vertical: bool


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as read.

    `persons` are in reading order, each a mapping from field key to value; `lines` are filled instead where the page
    holds no form of the series. `timings` are seconds by step.
    """

    recogniser: str
    transform: PageTransform
    skew: SkewEstimate
    crop: Box
    household: Mapping[str, Value]
    persons: tuple[Mapping[str, Value], ...]
    cells: tuple[CellText, ...]
    lines: tuple[LineText, ...]
    text: str
    timings: Mapping[str, float] = field(default_factory=dict)
