"""Compares a page's plain text, as a program without forms gives it, with the page's truth."""

from collections import Counter
from typing import Any

from bench.pages.page_score import FieldScore, PageScore
from bench.pages.score_page import Record


def score_text(truth: Record, text: str, skew_deg: float | None = None) -> PageScore:
    """Return how many names stand in a text exactly as written, blanks and line breaks not counted.

    The counts stand under `name`. `text` holds the recall of characters on the page, whatever their order:
    `edits` are those that are not in the text often enough. A name that occurs twice on the page's list
    must occur twice in the text.
    """
    bare = "".join(text.split())
    score = PageScore(str(truth["file"]), series=str(truth.get("series", "")), severity=truth.get("severity"))
    wanted = Counter(entry["name"] for entry in truth["entries"] if entry.get("name"))
    right = sum(min(count, bare.count(name)) for name, count in wanted.items())
    characters = sum(len(name) * count for name, count in wanted.items())
    score.add("name", FieldScore(right, sum(wanted.values()), 0, characters))
    written = Counter("".join(str(cell["text"]) for cell in _cells(truth)))
    lost = sum((written - Counter(bare)).values())
    score.add("text", FieldScore(int(not lost), 1, lost, sum(written.values())))
    if skew_deg is not None:
        score.skew_error = abs((skew_deg - float(truth["skew_deg"]) + 180.0) % 360.0 - 180.0)
    return score


def _cells(truth: Record) -> list[dict[str, Any]]:
    return list(truth.get("cells") or [])
