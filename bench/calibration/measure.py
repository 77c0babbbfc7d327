"""Measure on pages that the fit has not seen how sure its curves call what, and how much of it is right."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.calibration.observe import AGREES, DIFFERS, Observation, alone
from bench.calibration.reliability import Sureness, reliability
from ingest.pipeline.calibrate import by_curves
from ingest.pipeline.load_curves import Curves

TOLD = ("values", "right", "sure_values", "sure_right")


def measure(tried: Sequence[Observation], curves: Curves) -> dict[str, Any]:
    """Return the reliability of the engine's own confidence and of the curves', the latter by severity and by
    kind too, as a site sees it that asks no second engine; and, if one was asked, what its word does.
    """

    def sureness(one: Observation) -> float:
        return by_curves(curves, one.kind, one.raw, one.evidence)

    def told(some: Iterable[Observation]) -> dict[str, Any]:
        whole = reliability(list(some), sureness)
        return {key: whole[key] for key in TOLD}

    unasked = alone(tried)
    measured = {
        "raw": reliability(unasked, lambda one: one.raw),
        "calibrated": {
            **reliability(unasked, sureness),
            "by_severity": _by(unasked, lambda one: str(one.severity), told),
            "by_kind": _by(unasked, lambda one: one.kind, told),
        },
    }
    if unasked == list(tried):
        return measured
    words = {piece: _spoken(tried, piece, sureness) for piece in (AGREES, DIFFERS)}
    return measured | {"second_opinion": {**reliability(tried, sureness), **words}}


def _spoken(tried: Sequence[Observation], piece: str, sureness: Sureness) -> dict[str, Any]:
    """Return of the values on which a second engine said so how sure they are without and with its word."""
    said = [one for one in tried if piece in one.evidence]
    if not said:
        return {"values": 0}
    return {
        "values": len(said),
        "right": _mean([one.right for one in said]),
        "said_alone": _mean([sureness(one) for one in alone(said)]),
        "said": _mean([sureness(one) for one in said]),
    }


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 4)


def _by(
    tried: Sequence[Observation],
    key: Callable[[Observation], str],
    told: Callable[[Iterable[Observation]], dict[str, Any]],
) -> dict[str, Any]:
    keys = sorted({key(one) for one in tried})
    return {each: told(one for one in tried if key(one) == each) for each in keys}
