"""What stands on a drawn page, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.pages.geometry import Box, Quad
from bench.pages.spec import SERIES


@dataclass(frozen=True)
class LineTruth:
    """One line of writing, "black" or "red"."""

    text: str
    ink: str


@dataclass(frozen=True)
class CellTruth:
    """One ruled cell: `row` from the top and `col` from the right (from the left on a form that is read across);
    `ink` is the box of the characters in it, if any. `lines` are those of its writing, in reading order.
    """

    row: int
    col: int
    kind: str
    part: str
    field: str
    entry: int | None
    text: str
    box: Box
    quad: Quad
    ink: Box | None
    row_span: int = 1
    col_span: int = 1
    lines: tuple[LineTruth, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        plain = ("row", "col", "row_span", "col_span", "kind", "part", "field", "entry", "text")
        return {name: getattr(self, name) for name in plain} | {
            "box": self.box.as_list(),
            "quad": [list(corner) for corner in self.quad],
            "ink": self.ink.as_list() if self.ink else None,
            "lines": [{"text": line.text, "ink": line.ink} for line in self.lines],
        }


@dataclass(frozen=True)
class SealTruth:
    """One red seal: its characters and box."""

    text: str
    shape: str
    box: Box

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        return {"text": self.text, "shape": self.shape, "box": self.box.as_list()}


@dataclass(frozen=True)
class MarkTruth:
    """The page's number outside the frame: as it stands there, and what it comes to."""

    text: str
    number: int
    box: Box

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        return {"text": self.text, "number": self.number, "box": self.box.as_list()}


@dataclass(frozen=True)
class PageTruth:
    """Everything known about a drawn page; boxes in pixels of the file, entries in reading order.

    `crop` is the box round the paper, `frame` the corners of the outer ruling; `skew_deg` is the whole turn of the
    content, positive counter-clockwise as seen, quarter turns (`orientation_deg`) and all; `knobs` the level of each;
    `struck` the entries struck out. Of a spread `side` says which page this is and `gutter` where the two part, at the
    upper and at the lower edge of the file. `view` is 1, or 2 where a slip was folded back; `covered` are the cells
    (by their place in `cells`) that a slip hides in this view.
    """

    file: str
    width: int
    height: int
    ppi: int
    form: str
    face: str
    severity: int
    skew_deg: float
    crop: Box
    frame: Quad
    household: dict[str, str]
    entries: tuple[dict[str, str], ...]
    cells: tuple[CellTruth, ...]
    seals: tuple[SealTruth, ...]
    series: str = SERIES
    orientation_deg: int = 0
    knobs: Mapping[str, int] = field(default_factory=dict)
    struck: tuple[int, ...] = ()
    designation: MarkTruth | None = None
    side: str | None = None
    gutter: tuple[float, float] | None = None
    view: int = 1
    covered: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        plain = ("file", "series", "width", "height", "ppi", "form", "face", "severity", "skew_deg")
        also = ("orientation_deg", "side", "view")
        return {name: getattr(self, name) for name in (*plain, *also)} | {
            "crop": self.crop.as_list(),
            "frame": [list(corner) for corner in self.frame],
            "household": dict(self.household),
            "entries": [dict(entry) for entry in self.entries],
            "struck": list(self.struck),
            "cells": [cell.as_json() for cell in self.cells],
            "seals": [seal.as_json() for seal in self.seals],
            "designation": self.designation.as_json() if self.designation else None,
            "gutter": list(self.gutter) if self.gutter else None,
            "covered": list(self.covered),
            "knobs": dict(self.knobs),
        }
