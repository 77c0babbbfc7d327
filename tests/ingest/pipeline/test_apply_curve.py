"""What one curve makes of a reading."""

import pytest

from ingest.pipeline.apply_curve import Curve, apply_curve


def test_a_curve_is_log_odds_with_weights_under_a_ceiling() -> None:
    """By hand: 0.5 has no odds; a weight of ln 3 makes them 3 to 1."""
    curve = Curve(0.0, 1.0, 0.9, {"known": 1.0986122886681098})
    assert apply_curve(curve, 0.5, ()) == pytest.approx(0.5)
    assert apply_curve(curve, 0.5, ("known", "unheard of")) == pytest.approx(0.75)
    assert apply_curve(curve, 0.9999, ()) == 0.9
