"""Lines are scaled to whole strides and batched for the least work."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.ocr.port import Pixels
from ingest.ocr.prepare_lines import CALL, CLOSER, FULL, LONGEST, NARROWED, STRIDE, Look, batch_lines

NARROWEST = 32


def _line(width: int, height: int = 48) -> Pixels:
    return np.full((height, width), 200, np.uint8)


def _work(widths: list[int], height: int, ends: tuple[int, ...]) -> int:
    parts = pairwise((0, *ends, len(widths)))
    return sum(CALL + (end - start) * max(widths[start:end]) * height for start, end in parts)


@given(st.lists(st.integers(20, 900), min_size=1, max_size=9), st.sampled_from([FULL, NARROWED, CLOSER]))
def test_every_line_is_in_one_batch_that_is_wide_enough(widths: list[int], look: Look) -> None:
    batches = list(batch_lines([_line(width) for width in widths], False, 4, NARROWEST, look))
    assert sorted(place for batch in batches for place in batch.places) == list(range(len(widths)))
    for batch in batches:
        count, _, height, width = batch.tensor.shape
        assert (count, height) == (len(batch.places), look.height)
        assert count <= 4
        assert width >= NARROWEST
        assert width % STRIDE == 0


@given(st.lists(st.integers(4, 28), min_size=1, max_size=7), st.integers(1, 7))
def test_no_other_batches_are_less_work(strides: list[int], most: int) -> None:
    widths = sorted(max(NARROWEST, STRIDE * count) for count in strides)
    batches = batch_lines([_line(width) for width in widths], False, most, NARROWEST)
    work = sum(CALL + int(np.prod(batch.tensor.shape)) // 3 for batch in batches)
    others = (
        _work(widths, FULL.height, ends)
        for count in range(len(widths))
        for ends in combinations(range(1, len(widths)), count)
        if all(end - start <= most for start, end in pairwise((0, *ends, len(widths))))
    )
    assert work == min(others)


@pytest.mark.parametrize(("width", "shown"), [(120, 48), (122, 48), (130, 56)])
def test_a_line_is_shown_at_the_nearest_stride(width: int, shown: int) -> None:
    look = Look(48, ((0.0, 0.4),))
    (batch,) = batch_lines([_line(width)], False, 8, NARROWEST, look)
    assert batch.tensor.shape == (1, 3, 48, shown)


@pytest.mark.parametrize("look", [FULL, NARROWED, CLOSER])
def test_no_sliver_is_shown_longer_than_a_hundred_glyphs(look: Look) -> None:
    (batch,) = batch_lines([_line(20_000, 3)], False, 8, NARROWEST, look)
    assert batch.tensor.shape == (1, 3, look.height, LONGEST)


def test_a_column_is_turned_and_one_glyph_stays_upright() -> None:
    batches = list(batch_lines([_line(48, 480), _line(48, 50)], True, 8, NARROWEST))
    assert {batch.places: batch.tensor.shape[3] for batch in batches} == {(0,): 480, (1,): 48}
