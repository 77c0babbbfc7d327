"""Measure on pages that the fit has not seen how sure its curves call what, and how much of it is right."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.calibration.observe import Observation
from bench.calibration.reliability import reliability
from ingest.pipeline.calibrate import by_curves
from ingest.pipeline.load_curves import Curves

TOLD = ("values", "right", "sure_values", "sure_right")


def measure(tried: Sequence[Observation], curves: Curves) -> dict[str, Any]:
    """Return the reliability of the engine's own confidence and of the curves', the latter by severity and by
    kind too."""

    def sureness(one: Observation) -> float:
        return by_curves(curves, one.kind, one.raw, one.evidence)

    def told(some: Iterable[Observation]) -> dict[str, Any]:
        whole = reliability(list(some), sureness)
        return {key: whole[key] for key in TOLD}

    return {
        "raw": reliability(tried, lambda one: one.raw),
        "calibrated": {
            **reliability(tried, sureness),
            "by_severity": _by(tried, lambda one: str(one.severity), told),
            "by_kind": _by(tried, lambda one: one.kind, told),
        },
    }


def _by(
    tried: Sequence[Observation],
    key: Callable[[Observation], str],
    told: Callable[[Iterable[Observation]], dict[str, Any]],
) -> dict[str, Any]:
    keys = sorted({key(one) for one in tried})
    return {each: told(one for one in tried if key(one) == each) for each in keys}
