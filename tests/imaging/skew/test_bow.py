"""What the lines of one direction share of a curve is found, and how far it may have turned them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imaging.skew import estimate_skew
from imaging.skew.bow import find_bow
from imaging.skew.trace_lines import STRIPS, Traces
from tests.imaging.curled_forms import HEIGHT, WIDTH, curled

X = np.linspace(20, WIDTH - 20, STRIPS)
ALONG = np.linspace(-1, 1, STRIPS)


def lines(curve: np.ndarray, noise: float = 0.05) -> Traces:
    """Ten lines of one curve."""
    rng = np.random.default_rng(3)
    places = np.linspace(50, HEIGHT - 50, 10)[:, None] + curve + rng.normal(0, noise, (10, STRIPS))
    return Traces(X, places, WIDTH / 2)


@given(st.floats(0.5, 5), st.floats(-0.002, 0.002))
@settings(max_examples=25, deadline=None)
def test_the_shared_curve_is_found_off_its_own_straight_line(bow: float, slope: float) -> None:
    shape = bow * np.cos(2 * ALONG)
    found = find_bow(lines(shape + slope * X))
    assert found is not None
    straight = np.polyval(np.polyfit(X, shape, 1), X)
    assert found.curve == pytest.approx(shape - straight, abs=0.15)


def test_a_curve_alike_from_both_ends_leaves_less_doubt_than_a_lopsided_one() -> None:
    flat, even, lopsided = (find_bow(lines(curve)) for curve in (0 * ALONG, 3 * ALONG**2, 3 * ALONG**3))
    assert flat is not None
    assert even is not None
    assert lopsided is not None
    assert flat.doubt < np.tan(np.radians(0.01))
    assert lopsided.doubt > 5 * even.doubt


def test_an_even_curve_seen_over_a_lopsided_part_is_level_in_the_middle_of_the_page() -> None:
    traces = lines(3 * ALONG**2)
    traces.places[:, :9] = np.nan
    found = find_bow(traces)
    assert found is not None
    # The straight line through what is seen leans by the parabola's slope in the middle of that.
    leans = np.polyfit(X[9:], 3 * ALONG[9:] ** 2, 1)[0]
    assert leans > np.tan(np.radians(0.05))
    assert leans + found.at_middle == pytest.approx(0.0, abs=np.tan(np.radians(0.005)))


def test_ink_beyond_the_ends_of_the_rules_is_no_curve() -> None:
    traces = lines(np.cos(ALONG))
    traces.places[:, :1] += 4
    traces.places[:, -2:] = np.nan
    found = find_bow(traces)
    assert found is not None
    assert np.isnan(found.curve[[0, -2, -1]]).all()
    assert np.isfinite(found.curve[1:-2]).all()


def test_two_lines_or_written_strokes_tell_no_curve() -> None:
    few = lines(np.cos(ALONG))
    assert find_bow(replace(few, places=few.places[:2])) is None
    assert find_bow(lines(0 * ALONG, noise=3.0)) is None


@pytest.mark.parametrize("degrees", [-4.0, 0.0, 7.5])
@pytest.mark.parametrize(("rise", "aside"), [(4, 3), (-6, 3), (12, 4)])
def test_where_level_rules_bow_to_one_side_the_upright_ones_tell_the_turn(
    degrees: float, rise: float, aside: float
) -> None:
    found = estimate_skew(curled(degrees, rise, aside))
    assert found.method == "rulings"
    assert found.angle_deg == pytest.approx(degrees, abs=0.02)


def test_a_page_bound_at_its_top_is_measured_by_its_level_rules() -> None:
    page = np.ascontiguousarray(np.rot90(curled(0.0, 12, 4)))
    assert estimate_skew(page).angle_deg == pytest.approx(0.0, abs=0.02)
