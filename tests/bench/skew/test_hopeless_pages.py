"""A few loose strokes, or the edges of things on a table, tell no turn, however straight each is."""

import numpy as np
import pytest

from bench.skew.__main__ import draw
from imaging.skew import SkewEstimate, estimate_skew


@pytest.mark.parametrize(
    ("kind", "seed"),
    [("few_strokes", 2001), ("few_strokes", 2006), ("few_strokes", 2021), ("things", 2026), ("things", 2028)],
)
def test_what_gathers_in_few_lines_has_no_skew(kind: str, seed: int) -> None:
    page, truth = draw(kind, seed)
    assert truth is None
    assert estimate_skew(page) == SkewEstimate(0.0, 0.0, "none")


def test_a_small_page_with_a_few_columns_of_writing_has_one() -> None:
    page, truth = draw("short_text", 2008)
    found = estimate_skew(np.ascontiguousarray(page[::2, ::2]))
    assert found.method == "text"
    assert found.angle_deg == pytest.approx(truth, abs=0.2)
