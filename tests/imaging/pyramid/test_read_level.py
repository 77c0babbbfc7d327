"""A level is put together from its tiles, and only from those that are wanted."""

import numpy as np
import pytest
import pyvips

from imaging.pyramid import fitting_level, read_layout, read_level, write_pyramid
from tests.imaging.drawn_files import picture

PAGE = picture(900, 1300)
COLOUR, RGB_CODED = (write_pyramid(PAGE, 300.0, None, quality) for quality in (80, 95))
GREY = write_pyramid(PAGE[..., 1].copy(), 300.0, None, 85)


@pytest.mark.parametrize("data", [COLOUR, RGB_CODED, GREY])
def test_a_level_equals_what_libvips_reads(data: bytes) -> None:
    layout = read_layout(data)
    for number in range(len(layout.levels)):
        wanted = pyvips.Image.tiffload_buffer(data, page=number).colourspace("srgb").numpy()
        seen = read_level(layout, number, lambda start, length: data[start : start + length])
        assert np.abs(seen.astype(int) - wanted).max() <= 3


def test_tiles_without_a_wanted_box_stay_black_and_are_not_read() -> None:
    layout = read_layout(COLOUR)
    spans = []

    def read(start: int, length: int) -> bytes:
        spans.append((start, length))
        return COLOUR[start : start + length]

    seen = read_level(layout, 0, read, wanted=[(300, 300, 310, 310)])
    assert (seen[256:512, 256:512] > 0).any()
    seen[256:512, 256:512] = 0
    assert not seen.any()
    assert len(spans) == 1
    assert spans[0][1] == layout.levels[0].lengths[layout.levels[0].tiles_x + 1]
    assert not read_level(layout, 0, read, wanted=[]).any()
    assert len(spans) == 1


@pytest.mark.parametrize(("widest", "number"), [(5000, 0), (1300, 0), (1299, 1), (650, 1), (1, -1)])
def test_the_fitting_level_is_the_largest_not_too_wide(widest: int, number: int) -> None:
    layout = read_layout(COLOUR)
    assert fitting_level(layout, widest) == number % len(layout.levels)
