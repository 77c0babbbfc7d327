"""The fit finds again what observations were made by."""

from dataclasses import replace

import numpy as np
import pytest

from bench.calibration.fit import UNPROVEN, ceiling_of, fit_curves
from bench.calibration.observe import AGREES, DIFFERS, Observation, alone
from bench.calibration.reliability import reliability
from ingest.pipeline.apply_curve import apply_curve
from ingest.pipeline.bound_evidence import IMPOSSIBLE
from ingest.pipeline.load_curves import OTHER


def observations(count: int, seed: int) -> list[Observation]:
    """Values of an engine that is too sure of itself, and that evidence corrects."""
    rng = np.random.default_rng(seed)
    found = []
    for raw in rng.uniform(0.5, 0.9999, count):
        known = bool(rng.random() < 0.7)
        odds = 0.6 * np.log(raw / (1 - raw)) + (1.0 if known else -1.5)
        right = bool(rng.random() < 1 / (1 + np.exp(-odds)))
        found.append(
            Observation(1, "s", "name", float(raw), ("known",) if known else ("unknown",), float(raw), right)
        )
    return found


def test_the_fitted_curve_says_what_is_so_on_values_it_has_not_seen() -> None:
    """Each row of the table within four hundredths, where the raw confidence is off by more."""
    curve = fit_curves(observations(4000, 1))["name"]
    tried = observations(4000, 2)
    table = reliability(tried, lambda one: apply_curve(curve, one.raw, one.evidence))["table"]
    assert all(abs(row["said"] - row["right"]) < 0.04 for row in table if row["values"] > 200)
    raw = reliability(tried, lambda one: one.raw)["table"]
    assert max(abs(row["said"] - row["right"]) for row in raw if row["values"] > 200) > 0.08


def test_few_values_have_no_curve_of_their_own_and_no_certainty() -> None:
    """Thirty values, all right: the common curve speaks, and not above what thirty bear out."""
    few = [Observation(0, "s", "place", 0.999, (), 0.999, True) for _ in range(30)]
    curves = fit_curves(few)
    assert set(curves) == {OTHER}
    assert apply_curve(curves[OTHER], 0.9999, ()) <= 31 / 32


def test_the_fit_stays_finite_where_all_are_right() -> None:
    """No figure runs away."""
    sure = [Observation(0, "s", "date", 0.99, ("date_valid",), 0.99, True) for _ in range(300)]
    curve = fit_curves(sure)["date"]
    assert abs(curve.bias) < 10
    assert all(abs(weight) < 10 for weight in curve.evidence.values())


def marked(piece: str, right: int, wrong: int, raw: float = 0.999) -> list[Observation]:
    """So many right values and wrong ones that bear a piece of evidence."""
    return [Observation(1, "s", "date", raw, (piece,), raw, at < right) for at in range(right + wrong)]


def test_the_share_that_was_right_caps_what_speaks_against_a_value() -> None:
    """However sure the engine is of them; none right leaves a hundredth, few values leave what is stated."""
    valid = marked("date_valid", 300, 0)
    curve = fit_curves([*valid, *marked("date_invalid", 10, 30), *marked("date_doubtful", 0, 20)])["date"]
    assert curve.caps == {"date_invalid": 0.25, "date_doubtful": 0.01}
    assert apply_curve(curve, 0.9999, ("date_invalid",)) <= 0.25
    few = fit_curves([*valid, *marked("date_invalid", 9, 10)])["date"]
    assert few.caps == {}
    assert apply_curve(few, 0.9999, ("date_invalid",)) == IMPOSSIBLE.unmeasured


def test_however_many_were_right_a_cap_keeps_what_is_impossible_in_doubt() -> None:
    """And what is not known from being sure."""
    curve = fit_curves([*marked("date_invalid", 200, 0), *marked("place_unknown", 200, 0)])["date"]
    assert curve.caps == {"date_invalid": 0.89, "place_unknown": 0.97}


def test_what_speaks_against_values_lifts_no_ceiling() -> None:
    """Three hundred sure and right, all of them capped, bear no certainty out."""
    assert fit_curves(marked("place_unknown", 300, 0))["date"].ceiling == UNPROVEN


def test_one_value_that_is_sure_lowers_no_ceiling_to_what_one_bears_out() -> None:
    """It is judged with those next to it: by hand, 31 of 32."""
    odds = np.array([4.0, *np.linspace(1.0, 3.0, 60)])
    assert 0.96 < ceiling_of(odds, np.ones(61)) <= 31 / 32


def asked(word: str, right: int, wrong: int) -> list[Observation]:
    return [
        Observation(1, "s", "name", 0.5, ("surname_known", word), 0.5, at < right)
        for at in range(right + wrong)
    ]


def test_a_fit_with_a_second_engine_leaves_sites_without_one_as_they_are() -> None:
    """The same curves but for the weights of its word: one shipped file serves both."""
    spoken = [*asked(AGREES, 45, 5), *asked(DIFFERS, 20, 80)]
    curves, without = fit_curves(spoken), fit_curves(alone(spoken))
    for kind, curve in curves.items():
        words = {piece: curve.evidence[piece] for piece in (AGREES, DIFFERS)}
        assert words[DIFFERS] < 0 < words[AGREES]
        rest = {piece: weight for piece, weight in curve.evidence.items() if piece not in words}
        assert replace(curve, evidence=rest) == without[kind]
    said = [apply_curve(curves["name"], 0.5, ("surname_known", word)) for word in (DIFFERS, AGREES)]
    assert said == pytest.approx([0.2, 0.9], abs=0.08)  # held at no weight by the ridge


def test_a_disagreement_never_raises_though_a_small_count_says_so() -> None:
    """Nor does agreement lower; and of too few values its word weighs nothing."""
    contrary = fit_curves([*asked(AGREES, 10, 90), *asked(DIFFERS, 90, 10)])["name"].evidence
    assert not {AGREES, DIFFERS} & set(contrary)
    few = fit_curves([*asked(AGREES, 19, 0), *asked(DIFFERS, 10, 60)])["name"].evidence
    assert AGREES not in few
