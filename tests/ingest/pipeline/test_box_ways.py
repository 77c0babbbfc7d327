"""Boxes led all at once come where each comes by itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imaging.transform import for_deskew
from ingest.layout.estimate_bend import FLAT, Bend, Sway
from ingest.pipeline.box_ways import BoxWays
from ingest.pipeline.reading_scale import scaled

TERMS = np.array([[0.0, 6.0, 0.0, 2.0, 0.0], [0.5, 1.0, 0.0, 0.0, 0.3], [0.0, 0.3, 0.0, 0.0, 0.0]])
SWAY = Sway(TERMS, (-1, -1), (1, 1))
BOWED = Bend((1400, 1000), SWAY, None)
corners = st.tuples(st.integers(0, 900), st.integers(0, 1300), st.integers(1, 100), st.integers(1, 100))
boxes = st.lists(corners.map(lambda c: (c[0], c[1], c[0] + c[2], c[1] + c[3])), max_size=8)


@given(boxes, st.sampled_from([BOWED, FLAT]), st.sampled_from([1.0, 0.5, 2.0]), st.floats(-5, 5))
def test_all_at_once_is_one_by_one(found: list, bend: Bend, factor: float, angle: float) -> None:
    transform = for_deskew((round(1000 / factor), round(1400 / factor)), angle)
    ways = BoxWays(found[: len(found) // 2], bend, transform, factor)
    for box in found:
        on_page = scaled(bend.box_to_page(box), 1 / factor)
        assert ways.to_page(box) == on_page
        assert ways.to_master(box) == transform.box_to_master(on_page)
