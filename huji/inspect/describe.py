"""From a page as read to plain JSON types, in the shape that DESIGN §7 binds."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.series import Series
from imaging.orientation import total_turn
from imaging.quality import Finding
from ingest.pipeline.results import Alternatives, Ink, LineText, PageReading, Value


def describe_page(
    file: str, series: Series, reading: PageReading, findings: Sequence[Finding]
) -> dict[str, Any]:
    """Describe one page; the top `lines` are filled where it holds no form of the series, else those of its
    cells. `field` is what a cell's printed label names, `designation` the page number as read."""
    content = reading.content
    return {
        "file": file,
        "skew_deg": round(total_turn(reading.skew.angle_deg, reading.orientation), 4),
        "skew_confidence": round(reading.skew.confidence, 4),
        "skew_method": reading.skew.method,
        "orientation_deg": reading.orientation.turned_deg,
        "orientation_confidence": round(reading.orientation.confidence, 4),
        "orientation_method": reading.orientation.method,
        "perspective_deg": round(reading.perspective.convergence_deg, 4),
        "perspective_confidence": round(reading.perspective.confidence, 4),
        "perspective_method": reading.perspective.method,
        "crop": list(reading.crop.box),
        "quality": {one.check: _finding(one) for one in findings},
        "series": series.key,
        "form": content.form,
        "designation": None if content.designation is None else _value(content.designation),
        "seals": [list(box) for box in reading.seals],
        "household": _values(content.household),
        "entries": [_values(person) for person in content.persons],
        "cells": [
            {
                "row": cell.row,
                "col": cell.col,
                "box": list(cell.box),
                "text": cell.text,
                "confidence": round(cell.confidence, 4),
                "row_span": cell.row_span,
                "col_span": cell.col_span,
                "ink": _ink(cell.inks),
                "inks": list(cell.inks),
                "field": cell.field,
                "lines": [_line(line) for line in cell.lines],
            }
            for cell in content.cells
        ],
        "lines": [_line(line) for line in content.lines],
        "text": content.text,
        "timings": dict(reading.timings),
        "error": None,
    }


def describe_refusal(file: str, code: str, reason: str) -> dict[str, Any]:
    """Describe a file that was not read."""
    return {"file": file, "error": reason, "error_code": code}


def _finding(finding: Finding) -> dict[str, Any]:
    """Describe a check's answer; where it is no "accept", with what to do and the place on the file."""
    described: dict[str, Any] = {"value": round(float(finding.value), 4), "verdict": finding.verdict}
    if finding.verdict != "accept":
        described["where"] = None if finding.where is None else list(finding.where)
        described |= {"zh": finding.zh, "en": finding.en}
    return described


def _line(line: LineText) -> dict[str, Any]:
    return {
        "box": list(line.box),
        "text": line.text,
        "confidence": round(line.confidence, 4),
        "vertical": line.vertical,
        "ink": line.ink,
    }


def _ink(inks: Sequence[Ink]) -> Ink | None:
    """Name the ink of a cell: that of its lines, red where any of them is, None where nothing is written."""
    telling: tuple[Ink, ...] = ("red", "other", "black")
    return next((ink for ink in telling if ink in inks), None)


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {key: _value(value) for key, value in values.items()}


def _value(value: Value) -> dict[str, Any]:
    described: dict[str, Any] = {
        "text": value.text,
        "confidence": round(value.confidence, 4),
        "box": list(value.box),
        "alternatives": _alternatives(value.alternatives),
    }
    if value.parsed is not None:
        described["parsed"] = dict(value.parsed)
    if value.inferred is not None:
        described["inferred"] = {"text": value.inferred, "reason": value.inferred_reason}
    if value.inks:
        described["inks"] = list(value.inks)
    return described


def _alternatives(alternatives: Alternatives) -> list[dict[str, Any]]:
    return [{"text": text, "confidence": round(confidence, 4)} for text, confidence in alternatives]
