"""From a page as read to the plain JSON that the intake rows keep."""

from collections.abc import Mapping
from typing import Any

from domain.series import Series
from imaging.quality import Finding
from ingest.pipeline.proposals import propose
from ingest.pipeline.reading_order import cells_in_order
from ingest.pipeline.results import PageContent, PageReading, Value

Json = Mapping[str, Any]


def describe_finding(finding: Finding) -> Json:
    """Return a quality check's finding; `where` is a box in the master's pixels, or None."""
    return {
        "check": finding.check,
        "value": round(float(finding.value), 4),
        "verdict": finding.verdict,
        "where": None if finding.where is None else [int(edge) for edge in finding.where],
        "zh": finding.zh,
        "en": finding.en,
    }


def describe_lines(content: PageContent, series: Series) -> tuple[Json, ...]:
    """Return the lines of writing in reading order, a form's cell by cell, boxes in the master's pixels.

    `vertical` is how a line runs on the upright page, `ink` what it is written in: a red one tells of a
    removal or a correction.
    """
    of_cells = tuple(line for cell in cells_in_order(content, series) for line in cell.lines)
    return tuple(
        {
            "box": [int(edge) for edge in line.box],
            "text": line.text,
            "confidence": round(float(line.confidence), 4),
            "vertical": line.vertical,
            "ink": line.ink,
        }
        for line in (*of_cells, *content.lines)
    )


def describe_proposals(reading: PageReading, series: Series) -> tuple[Json, ...]:
    """Return the entries proposed, in the order of the page, counted from 1."""
    return tuple(
        {
            "ordinal": ordinal,
            "box": [int(edge) for edge in entry.box],
            "least_confidence": round(float(entry.min_confidence), 4),
            "fields": {key: describe_value(value) for key, value in entry.values.items()},
        }
        for ordinal, entry in enumerate(propose(reading, series), 1)
    )


def describe_value(value: Value) -> Json:
    """Return a value as read, its box in the master's pixels; `inks` has one ink a line."""
    described: dict[str, Any] = {
        "text": value.text,
        "confidence": round(float(value.confidence), 4),
        "box": [int(edge) for edge in value.box],
        "alternatives": [
            {"text": text, "confidence": round(float(confidence), 4)}
            for text, confidence in value.alternatives
        ],
    }
    if value.parsed is not None:
        described["parsed"] = dict(value.parsed)
    if value.inferred is not None:
        described["inferred"] = {"text": value.inferred, "reason": value.inferred_reason}
    if value.evidence:
        described["evidence"] = list(value.evidence)
    if value.inks:
        described["inks"] = list(value.inks)
    return described
