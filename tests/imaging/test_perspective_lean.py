"""Rules that bow do not turn a page that is photographed aslant; a camera's own shear is taken out."""

import numpy as np
import pytest

from imaging.page_map import turn_at_middle
from imaging.perspective import estimate_perspective
from imaging.perspective_lean import directions_at_middle, without_lean
from imaging.skew import estimate_skew
from imaging.skew.rulings import LineFit
from tests.imaging.curled_forms import HEIGHT, WIDTH, aslant, curled

SHEAR_DEG = 0.2
SHEARED = np.linalg.inv([[1, 0, 0], [-np.tan(np.radians(SHEAR_DEG)), 1, 0], [0, 0, 1]])


def lines(doubt_deg: float) -> list[LineFit]:
    """Lines that together know their direction that well."""
    return [LineFit(0.0, 0.25 / np.radians(doubt_deg) ** 2, 0.0, 100.0 * k) for k in range(4)]


@pytest.mark.parametrize(
    ("level_doubt", "upright_doubt", "convergence", "level", "upright"),
    [
        pytest.param(0.2, 0.001, 0.0, 0, 0, id="the level lines lean"),
        pytest.param(0.001, 0.2, 0.0, SHEAR_DEG, SHEAR_DEG, id="the upright lines lean"),
        pytest.param(0.001, 0.001, 8.0, SHEAR_DEG, 0, id="the camera shears"),
    ],
)
def test_the_doubted_lines_are_left_leaning(
    level_doubt: float, upright_doubt: float, convergence: float, level: float, upright: float
) -> None:
    assert directions_at_middle(SHEARED, (WIDTH, HEIGHT)) == pytest.approx((SHEAR_DEG, 0))
    families = (lines(level_doubt), lines(upright_doubt))
    found = without_lean(SHEARED, families, convergence, (WIDTH, HEIGHT))
    assert directions_at_middle(found, (WIDTH, HEIGHT)) == pytest.approx((level, upright), abs=0.002)


@pytest.mark.parametrize(("right", "lower"), [(0.03, 0.02), (-0.05, 0.03)])
@pytest.mark.parametrize(("rise", "aside"), [(10, 0), (-8, 2)])
def test_a_curled_page_aslant_is_turned_back_by_what_does_not_bow(
    right: float, lower: float, rise: float, aside: float
) -> None:
    page = aslant(curled(2.0, rise, aside), right, lower)
    found = estimate_perspective(page, estimate_skew(page).angle_deg)
    assert found.method == "rulings"
    assert turn_at_middle(np.asarray(found.matrix), (WIDTH, HEIGHT)) == pytest.approx(2.0, abs=0.03)
