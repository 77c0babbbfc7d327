"""How often values are right that are shown as so sure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from bench.pipeline.contender import Run
from bench.pipeline.standard_set import SetPage

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 1.0)
SURE = 0.98


def calibration(run: Run, pages: Sequence[SetPage]) -> dict[str, Any]:
    """Return the share right among the values shown as at least 0.98 sure, and a table by confidence."""
    said = {one["file"]: one for one in run.pages}
    pairs = [pair for page in pages for pair in _pairs(page, said[str(page.path)])]
    sure = [right for confidence, right in pairs if confidence >= SURE]
    return {
        "values": len(pairs),
        "sure_values": len(sure),
        "sure_right": round(sum(sure) / len(sure), 5) if sure else None,
        "table": [_row(pairs, low, high) for low, high in pairwise(EDGES)],
    }


def _pairs(page: SetPage, said: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    """Yield confidence and rightness of every value shown; one that belongs to nobody is wrong."""
    for key, value in said["household"].items():
        yield value["confidence"], value["text"] == page.truth["household"].get(key)
    for place, entry in enumerate(said["entries"]):
        truth = page.truth["entries"][place] if place < len(page.truth["entries"]) else {}
        for key, value in entry.items():
            yield value["confidence"], value["text"] == truth.get(key)


def _row(pairs: Sequence[tuple[float, bool]], low: float, high: float) -> dict[str, Any]:
    inside = [(sure, right) for sure, right in pairs if low <= sure < high or sure == high == 1.0]
    count = len(inside)
    return {
        "from": low,
        "to": high,
        "values": count,
        "mean_confidence": round(sum(sure for sure, _ in inside) / count, 5) if count else None,
        "right": round(sum(right for _, right in inside) / count, 5) if count else None,
    }
