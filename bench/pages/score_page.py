"""Compares what was read on one page with its truth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.pages.edit_distance import edit_distance
from bench.pages.page_score import Claim, FieldScore, PageScore

Record = Mapping[str, Any]
HOUSEHOLD = "household."


def score_page(truth: Record, inspected: Record) -> PageScore:
    """Compare one object of `huji inspect --json` with a page's truth,
    entry by entry in reading order.

    A text counts as right only if every character is the one that was written: another form of it (黄 for
    黃) is wrong. A field or an entry that was not read counts as read empty; what a slip covers is not
    asked. Household fields stand under `household.address` and so on. Every value read with a confidence is
    a claim, also one where nothing is written or nobody stands.
    """
    found = inspected.get("entries") or []
    score = PageScore(
        str(truth["file"]),
        error=inspected.get("error"),
        series=str(truth.get("series", "")),
        severity=truth.get("severity"),
        missing=max(0, len(truth["entries"]) - len(found)),
        extra=max(0, len(found) - len(truth["entries"])),
    )
    for key, expected, value in _pairs(truth, inspected.get("household") or {}, found):
        score.add(key, compare(expected, text_of(value)))
        score.claims.extend(_claim(key, value, expected))
    for key, value in _unasked(truth, inspected.get("household") or {}, found):
        score.claims.extend(_claim(key, value, ""))
    if inspected.get("skew_deg") is not None:
        score.skew_error = turn_between(float(inspected["skew_deg"]), float(truth["skew_deg"]))
    return score


def compare(expected: str, read: str) -> FieldScore:
    """Return the count of one text."""
    return FieldScore(int(expected == read), 1, edit_distance(expected, read), len(expected))


def text_of(value: Any) -> str:
    """Return the text of a value, given as the interface says ({"text": …}), as a bare text,
    or not at all.
    """
    if isinstance(value, Mapping):
        value = value.get("text")
    return value or ""


def _claim(key: str, value: Any, expected: str) -> Iterator[Claim]:
    if isinstance(value, Mapping) and value.get("confidence") is not None and text_of(value):
        yield Claim(key, float(value["confidence"]), text_of(value) == expected)


def _pairs(truth: Record, household: Record, found: Sequence[Record]) -> Iterator[tuple[str, str, Any]]:
    hidden = _hidden(truth)
    for key, expected in truth["household"].items():
        if (None, key) not in hidden:
            yield HOUSEHOLD + key, expected, household.get(key)
    for at, entry in enumerate(truth["entries"]):
        read = found[at] if at < len(found) else {}
        for key, expected in entry.items():
            if (at, key) not in hidden:
                yield key, expected, read.get(key)


def _unasked(truth: Record, household: Record, found: Sequence[Record]) -> Iterator[tuple[str, Any]]:
    """Yield the values read for fields the form does not have, and for people who are not there."""
    for key, value in household.items():
        if key not in truth["household"]:
            yield HOUSEHOLD + key, value
    for at, read in enumerate(found):
        asked = truth["entries"][at] if at < len(truth["entries"]) else {}
        yield from ((key, value) for key, value in read.items() if key not in asked)


def _hidden(truth: Record) -> set[tuple[int | None, str]]:
    cells = truth.get("cells") or []
    hidden = (cells[place] for place in truth.get("covered") or [])
    return {(cell["entry"], cell["field"]) for cell in hidden if cell["kind"] == "value"}


def turn_between(one: float, other: float) -> float:
    """Return the angle between two turns, 0–180 degrees."""
    return abs((one - other + 180.0) % 360.0 - 180.0)
