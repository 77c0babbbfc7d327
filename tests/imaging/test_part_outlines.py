"""Parts measured by their outlines are those that labelling finds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imaging.connected_parts import connected_parts
from imaging.part_outlines import part_outlines

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=60, deadline=None)
@given(seeds, st.floats(0.02, 0.6))
def test_boxes_are_those_of_the_labelled_parts(seed: int, share: float) -> None:
    mask = _speckled(seed, share)
    _, _, stats, _ = connected_parts(mask)
    labelled = sorted(map(tuple, stats[1:, :4].tolist()))
    assert sorted(map(tuple, part_outlines(mask).boxes.tolist())) == labelled


@settings(max_examples=60, deadline=None)
@given(seeds, st.floats(0.02, 0.3))
def test_pixels_are_counted_with_those_of_holes(seed: int, share: float) -> None:
    mask = _speckled(seed, share)
    found = part_outlines(mask)
    for box, area, middle in zip(found.boxes.tolist(), found.areas, found.middles, strict=True):
        left, top, wide, high = box
        assert max(wide, high) <= area <= wide * high
        assert left <= middle[0] <= left + wide - 1
        assert top <= middle[1] <= top + high - 1


def test_a_rule_is_measured_to_a_part_of_a_pixel() -> None:
    mask = np.zeros((300, 60), np.uint8)
    mask[20:280, 30:33] = 255
    mask[20:150, 33] = 255
    found = part_outlines(mask)
    _, _, stats, middles = connected_parts(mask)
    assert found.areas.tolist() == [stats[1, 4]]
    assert abs(found.middles[0, 0] - middles[1, 0]) < 0.1


def test_what_stands_within_a_frame_is_a_part_too() -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[5:35, 5:35] = 255
    mask[8:32, 8:32] = 0
    mask[20, 20] = 255
    found = part_outlines(mask)
    assert sorted(map(tuple, found.boxes.tolist())) == [(5, 5, 30, 30), (20, 20, 1, 1)]
    assert sorted(found.areas.tolist()) == [1, 900]


def test_an_empty_mask_has_no_part() -> None:
    assert len(part_outlines(np.zeros((20, 20), np.uint8)).boxes) == 0


def _speckled(seed: int, share: float) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.where(random.random((48, 64)) < share, np.uint8(255), np.uint8(0))
