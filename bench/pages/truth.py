"""What stands on a drawn page, and where."""

from dataclasses import dataclass
from typing import Any

from bench.pages.geometry import Box, Quad

SERIES = "colonial_register"


@dataclass(frozen=True)
class CellTruth:
    """One ruled cell: `row` from the top and `col` from the right;
    `ink` is the box of the characters in it, if any.
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

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        return {
            "row": self.row,
            "col": self.col,
            "kind": self.kind,
            "part": self.part,
            "field": self.field,
            "entry": self.entry,
            "text": self.text,
            "box": self.box.as_list(),
            "quad": [list(corner) for corner in self.quad],
            "ink": self.ink.as_list() if self.ink else None,
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
class PageTruth:
    """Everything known about a drawn page; boxes in pixels of the file, entries from right to left.

    `crop` is the box round the paper, `frame` the corners of the outer ruling;
    `skew_deg` is positive counter-clockwise as seen.
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

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON file."""
        plain = ("file", "series", "width", "height", "ppi", "form", "face", "severity", "skew_deg")
        return {name: getattr(self, name) for name in plain} | {
            "crop": self.crop.as_list(),
            "frame": [list(corner) for corner in self.frame],
            "household": dict(self.household),
            "entries": [dict(entry) for entry in self.entries],
            "cells": [cell.as_json() for cell in self.cells],
            "seals": [seal.as_json() for seal in self.seals],
        }
