"""From a page as read to the plain JSON that the intake rows keep."""

from collections.abc import Mapping
from typing import Any

from domain.series import Series
from imaging.quality import Finding
from ingest.pipeline.proposals import propose
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


def describe_lines(content: PageContent) -> tuple[Json, ...]:
    """Return what is written on the page, a line or a cell each, boxes in the master's pixels."""
    cells = tuple(cell for cell in content.cells if cell.text)
    return tuple(
        {
            "box": [int(edge) for edge in one.box],
            "text": one.text,
            "confidence": round(float(one.confidence), 4),
        }
        for one in (content.lines or cells)
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
    """Return a value as read, its box in the master's pixels."""
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
    return described
