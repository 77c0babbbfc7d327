"""The curves that are shipped load, and a file that cannot be used says what is wrong with it."""

import json
from typing import Any

import pytest

from ingest.ocr.choose import choose_engines
from ingest.pipeline.load_curves import OTHER, InvalidCurves, load_curves, parse_curves

CURVE = {
    "bias": 0.1,
    "slope": 1.0,
    "ceiling": 0.99,
    "evidence": {"surname_known": 0.4},
    "caps": {"surname_unknown": 0.6},
}


def with_curve(**changed: Any) -> str:
    return json.dumps({"engines": {"reader": {"curves": {OTHER: CURVE | changed}}}})


def test_every_engine_that_a_site_can_choose_has_curves_of_its_own() -> None:
    curves = load_curves()
    assert {engine.name for engine in choose_engines()} == set(curves)
    assert all(OTHER in of_engine for of_engine in curves.values())


def test_a_curve_is_loaded_as_it_stands() -> None:
    curve = parse_curves(with_curve())["reader"][OTHER]
    assert (curve.bias, curve.slope, curve.ceiling, curve.evidence, curve.caps) == tuple(CURVE.values())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not JSON", "it is no JSON"),
        ("[]", "it has no 'engines'"),
        (json.dumps({"curves": {OTHER: CURVE}}), "it has no 'engines'"),
        (json.dumps({"engines": {}}), "it has no 'engines'"),
        (json.dumps({"engines": {"reader": {"made": "today"}}}), "reader has no 'curves'"),
        (json.dumps({"engines": {"reader": {"curves": {"name": CURVE}}}}), "reader has no curve 'other'"),
        (
            json.dumps({"engines": {"reader": {"curves": {OTHER: {"bias": 1}}}}}),
            "must have bias, caps, ceiling",
        ),
        (with_curve(more=1), "must have bias, caps, ceiling"),
        (with_curve(evidence=[]), "must have bias, caps, ceiling"),
        (with_curve(bias="steep"), "must hold finite numbers"),
        (with_curve(evidence={"surname_known": None}), "must hold finite numbers"),
        (with_curve(caps=0.5), "must have bias, caps, ceiling"),
        (with_curve(caps={"surname_unknown": "half"}), "must hold finite numbers"),
        (with_curve(caps={"surname_known": 0.5}), "must have no cap for surname_known"),
        (with_curve(caps={"surname_unknown": 0.98}), "a cap above 0 and at most 0.97 for surname_unknown"),
        (with_curve(caps={"date_invalid": 0.9}), "a cap above 0 and at most 0.89 for date_invalid"),
        (with_curve(bias=float("nan")), "must hold finite numbers"),
        (with_curve(slope=-1), "a slope above 0"),
        (with_curve(ceiling=1), "a ceiling between 0 and 1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_wrong_and_what_makes_it_anew(
    text: str, problem: str
) -> None:
    with pytest.raises(InvalidCurves, match=r"python -m bench\.calibration --engine") as refused:
        parse_curves(text)
    assert problem in str(refused.value)
