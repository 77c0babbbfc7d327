"""The gutter of a spread is found by its shadow, or by the empty strip; a single page has none."""

import numpy as np
import pytest

from imaging.halves import half_of
from imaging.spread import GutterEstimate, estimate_gutter
from tests.imaging.drawn_pages import ruled_form, text_page, worn


def spread(shadow: float, slant: float = 0.0, wide: float = 30.0) -> tuple[np.ndarray, float, float]:
    """Two forms side by side; where the gutter meets the upper and lower rim."""
    pages = [ruled_form(0.0, size=(1000, 1400), thickness=2, seed=seed, noise=0) for seed in (1, 2)]
    frame = np.hstack(pages).astype(np.float64)
    lean = np.tan(np.radians(slant)) * 700
    middle = 1000 + lean * (1 - np.arange(1400) / 700)
    away = np.abs(np.arange(2000)[None] - middle[:, None])
    dark = frame * (1 - shadow * np.exp(-away / wide))
    return worn(dark.astype(np.uint8), 0.8, 3, np.random.default_rng(4)), 1000 + lean, 1000 - lean


@pytest.mark.parametrize("shadow", [0.15, 0.4, 0.7])
@pytest.mark.parametrize("slant", [0.0, 2.5, -4.0])
def test_a_shadow_is_followed_straight_or_slanted(shadow: float, slant: float) -> None:
    frame, top, bottom = spread(shadow, slant)
    found = estimate_gutter(frame)
    assert found.method == "shadow"
    assert 0.5 < found.confidence <= 1
    assert found.x_top == pytest.approx(top, abs=30)
    assert found.x_bottom == pytest.approx(bottom, abs=30)


def test_without_a_shadow_the_empty_strip_is_taken_with_less_confidence() -> None:
    frame, _, _ = spread(0.0)
    found = estimate_gutter(frame)
    assert found.method == "blank"
    assert found.confidence < 0.5
    assert found.x_at(700, 1400) == pytest.approx(1000, abs=60)


@pytest.mark.parametrize(
    "page",
    [
        ruled_form(1.0, size=(1754, 1240), thickness=2),
        ruled_form(0.0, size=(1754, 1240), columns=3, thickness=4),
        text_page(0.0, size=(1754, 1240)),
        np.full((900, 1200), 230, np.uint8),
        np.zeros((20, 30), np.uint8),
    ],
)
def test_a_single_page_has_no_shadow(page: np.ndarray) -> None:
    found = estimate_gutter(page)
    assert found.method != "shadow"
    assert found.confidence < 0.5


def test_halves_meet_at_the_gutter_and_reach_over_a_middle_nobody_saw() -> None:
    seen = GutterEstimate(520.0, 480.0, 0.9, "shadow")
    right, left = half_of((1000, 800), seen, "right"), half_of((1000, 800), seen, "left")
    assert right.tolist() == [[520, 0], [1000, 0], [1000, 800], [480, 800]]
    assert left.tolist() == [[0, 0], [520, 0], [480, 800], [0, 800]]
    unseen = GutterEstimate(500.0, 500.0, 0.0, "none")
    assert half_of((1000, 800), unseen, "right")[:, 0].min() < 500
    assert half_of((1000, 800), unseen, "left")[:, 0].max() > 500
