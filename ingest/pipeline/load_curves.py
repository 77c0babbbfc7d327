"""Load the calibration curves that were fitted to each recognition engine."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.pipeline.apply_curve import Curve
from ingest.pipeline.bound_evidence import bound_of

CURVES_FILE = "data/calibration.json"
OTHER = "other"
"""The curve of kinds of which too few values were seen to have one of their own."""

Curves = Mapping[str, Curve]
"""One engine's curves, by kind of field."""


class InvalidCurves(ValueError):
    """The calibration data cannot be used; the message says what is wrong and how to make it anew."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"信心校正資料有誤 Calibration data {CURVES_FILE}: {problem}; "
            "python -m bench.calibration --engine NAME writes it anew."
        )


@cache
def load_curves() -> Mapping[str, Curves]:
    """Return the curves by engine, as `python -m bench.calibration` wrote them.

    Raises:
        InvalidCurves: the file is not as it should be.
    """
    return parse_curves(files("ingest.pipeline").joinpath(CURVES_FILE).read_text("utf-8"))


def parse_curves(text: str) -> dict[str, Curves]:
    """Return the curves by engine that a text of JSON holds.

    Raises:
        InvalidCurves: it is no JSON, names no engine, or a curve is not whole.
    """
    try:
        held = json.loads(text)
    except ValueError as error:
        raise InvalidCurves("it is no JSON") from error
    engines = _within(held, "engines", "it")
    return {engine: _curves_of(engine, held) for engine, held in engines.items()}


def _curves_of(engine: str, held: object) -> Curves:
    curves = _within(held, "curves", engine)
    if OTHER not in curves:
        raise InvalidCurves(f"{engine} has no curve {OTHER!r} for kinds without one of their own")
    return {kind: _curve(f"{engine}, {kind}", one) for kind, one in curves.items()}


def _within(held: object, key: str, whose: str) -> dict[str, Any]:
    found = held.get(key) if isinstance(held, dict) else None
    if not isinstance(found, dict) or not found:
        raise InvalidCurves(f"{whose} has no {key!r}")
    return found


def _curve(whose: str, held: object) -> Curve:
    names = {field.name for field in fields(Curve)}
    if not isinstance(held, dict) or set(held) != names or not _are_tables(held["evidence"], held["caps"]):
        raise InvalidCurves(f"the curve of {whose} must have {', '.join(sorted(names))}")
    tables = (*held["evidence"].values(), *held["caps"].values())
    numbers = [held["bias"], held["slope"], held["ceiling"], *tables]
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in numbers):
        raise InvalidCurves(f"the curve of {whose} must hold finite numbers")
    if held["slope"] <= 0 or not 0 < held["ceiling"] < 1:
        raise InvalidCurves(f"the curve of {whose} must have a slope above 0 and a ceiling between 0 and 1")
    for piece, cap in held["caps"].items():
        _check_cap(f"the curve of {whose}", piece, cap)
    return Curve(**held)


def _are_tables(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _check_cap(whose: str, piece: str, cap: float) -> None:
    bound = bound_of(piece)
    if bound is None:
        raise InvalidCurves(f"{whose} must have no cap for {piece}, which does not speak against a value")
    if not 0 < cap <= bound.never_above:
        raise InvalidCurves(f"{whose} must have a cap above 0 and at most {bound.never_above} for {piece}")
