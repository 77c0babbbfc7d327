"""From an engine's own confidence to how likely a value is right, by what else speaks for or against it."""

from collections.abc import Collection, Mapping

from ingest.pipeline.apply_curve import apply_curve
from ingest.pipeline.load_curves import OTHER, Curves, load_curves

UNMEASURED = 0.8
"""Nothing that an engine without curves of its own reads is called surer: of how much of it is right nobody
knows. It is below the doubt (0.9) from which the pages of a first load are laid before the office."""


def calibrate(engine: str, kind: str, raw: float, evidence: Collection[str] = ()) -> float:
    """Return the probability (0–1) that a field's value of a kind is right as an engine read it.

    `raw` is the engine's confidence in the whole text; evidence that the fit has not seen weighs nothing.
    """
    measured = load_curves()
    if engine in measured:
        return by_curves(measured[engine], kind, raw, evidence)
    return unmeasured(measured, kind, raw, evidence)


def by_curves(curves: Curves, kind: str, raw: float, evidence: Collection[str]) -> float:
    """Return what an engine's curves say; a kind without one of its own has the common one."""
    return apply_curve(curves.get(kind, curves[OTHER]), raw, evidence)


def unmeasured(measured: Mapping[str, Curves], kind: str, raw: float, evidence: Collection[str]) -> float:
    """Return the least that any measured engine's curves say, and never more than UNMEASURED."""
    return min(UNMEASURED, *(by_curves(curves, kind, raw, evidence) for curves in measured.values()))
