"""From a page as read to plain JSON types, in the shape that DESIGN §7 binds."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.series import Series
from imaging.quality import Finding
from ingest.pipeline.results import Alternatives, PageReading, Value


def describe_page(
    file: str, series: Series, reading: PageReading, findings: Sequence[Finding]
) -> dict[str, Any]:
    """Describe one page; `lines` are filled where it holds no form of the series."""
    content = reading.content
    return {
        "file": file,
        "skew_deg": round(reading.skew.angle_deg, 4),
        "skew_confidence": round(reading.skew.confidence, 4),
        "crop": list(reading.crop.box),
        "quality": {
            one.check: {"value": round(float(one.value), 4), "verdict": one.verdict} for one in findings
        },
        "series": series.key,
        "household": _values(content.household),
        "entries": [_values(person) for person in content.persons],
        "cells": [
            {
                "row": cell.row,
                "col": cell.col,
                "box": list(cell.box),
                "text": cell.text,
                "confidence": round(cell.confidence, 4),
            }
            for cell in content.cells
        ],
        "lines": [
            {"box": list(line.box), "text": line.text, "confidence": round(line.confidence, 4)}
            for line in content.lines
        ],
        "text": content.text,
        "timings": dict(reading.timings),
        "error": None,
    }


def describe_refusal(file: str, code: str, reason: str) -> dict[str, Any]:
    """Describe a file that was not read."""
    return {"file": file, "error": reason, "error_code": code}


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
    return described


def _alternatives(alternatives: Alternatives) -> list[dict[str, Any]]:
    return [{"text": text, "confidence": round(confidence, 4)} for text, confidence in alternatives]
