"""How often values are right that are called so sure."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from bench.calibration.observe import Observation

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)
SURE = 0.98

Sureness = Callable[[Observation], float]


def reliability(observations: Sequence[Observation], sureness: Sureness) -> dict[str, Any]:
    """Return a table by confidence, and what holds of the values that are at least 0.98 sure."""
    pairs = [(sureness(one), one.right) for one in observations]
    sure = [right for said, right in pairs if said >= SURE]
    return {
        "values": len(pairs),
        "right": round(sum(right for _, right in pairs) / len(pairs), 5) if pairs else None,
        "sure_values": len(sure),
        "sure_right": round(sum(sure) / len(sure), 5) if sure else None,
        "table": [_row(pairs, low, high) for low, high in pairwise(EDGES)],
    }


def _row(pairs: Sequence[tuple[float, bool]], low: float, high: float) -> dict[str, Any]:
    inside = [(said, right) for said, right in pairs if low <= said < high]
    count = len(inside)
    return {
        "from": low,
        "to": min(1.0, high),
        "values": count,
        "said": round(sum(said for said, _ in inside) / count, 4) if count else None,
        "right": round(sum(right for _, right in inside) / count, 4) if count else None,
    }
