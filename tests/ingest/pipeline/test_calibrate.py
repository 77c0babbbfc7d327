"""How sure a value is called, by the curves that were fitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline.calibrate import Curve, apply_curve, calibrate

KINDS = ("name", "date", "place", "relation", "order", "text", "code", "a kind nobody saw")
chances = st.floats(0, 1)
SURE = 0.98
"""From here on a value is shown as sure."""


@given(st.sampled_from(KINDS), chances, chances)
def test_surer_readings_are_called_no_less_sure(kind: str, one: float, other: float) -> None:
    """Within a kind and its evidence, and always a probability short of certainty."""
    low, high = sorted((one, other))
    assert 0 <= calibrate(kind, low) <= calibrate(kind, high) < 1


@pytest.mark.parametrize(
    ("kind", "speaks_for", "speaks_against"),
    [
        ("name", "surname_known", "surname_unknown"),
        ("relation", "relation_known", "relation_unknown"),
        ("order", "order_known", "order_unknown"),
        ("date", "date_valid", "date_invalid"),
    ],
)
def test_evidence_tells(kind: str, speaks_for: str, speaks_against: str) -> None:
    """What is known is surer than what is not, at one and the same reading."""
    assert calibrate(kind, 0.9, (speaks_for,)) > calibrate(kind, 0.9, (speaks_against,))


def test_nothing_read_is_nothing_sure() -> None:
    """Evidence cannot lift what no engine read."""
    assert calibrate("name", 0.0, ("surname_known",)) == 0


def test_free_text_with_lookalikes_is_doubted() -> None:
    """二因リ is not called sure, however sure the engine was."""
    doubted = calibrate("text", 0.999, ("lookalikes",))
    assert doubted < SURE
    assert 1 - doubted > 3 * (1 - calibrate("text", 0.999))


def test_a_curve_is_log_odds_with_weights_under_a_ceiling() -> None:
    """By hand: 0.5 has no odds; a weight of ln 3 makes them 3 to 1."""
    curve = Curve(0.0, 1.0, 0.9, {"known": 1.0986122886681098})
    assert apply_curve(curve, 0.5, ()) == pytest.approx(0.5)
    assert apply_curve(curve, 0.5, ("known", "unheard of")) == pytest.approx(0.75)
    assert apply_curve(curve, 0.9999, ()) == 0.9
