"""Tiles are spliced out of the pyramid without decoding, and are what a decoder would give."""

import io
import json

import imagecodecs
import numpy as np
import pytest
import pyvips
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from imaging.decoding import decode, probe
from imaging.pyramid import PyramidLayout, encode_jpeg, read_layout, thumbnail, tile_bytes, write_pyramid
from imaging.vips_threads import limit_vips_threads
from tests.imaging.drawn_files import picture, saved

PAGE = picture(900, 1300)
WRITTEN = {quality: write_pyramid(PAGE, 300.0, None, quality) for quality in (80, 95)}
GREY = write_pyramid(PAGE[..., 1].copy(), 300.0, None, 85)


def _by_vips(quality: int) -> bytes:
    """Return the pyramid as libvips writes it; of a quality from 90 on its tiles are coded as RGB."""
    page = pyvips.Image.new_from_array(PAGE).copy(interpretation="srgb")
    how = {"Q": quality, "tile_width": 256, "tile_height": 256, "region_shrink": "mean"}
    return bytes(page.tiffsave_buffer(tile=True, pyramid=True, compression="jpeg", **how))


BY_VIPS = {quality: _by_vips(quality) for quality in WRITTEN}


def reader(data: bytes):  # type: ignore[no-untyped-def] # a closure over the file, as storage gives one
    return lambda offset, length: data[offset : offset + length]


@pytest.mark.parametrize("data", [*WRITTEN.values(), *BY_VIPS.values(), GREY])
def test_every_tile_equals_the_decoded_region(data: bytes) -> None:
    layout = read_layout(data)
    for index, level in enumerate(layout.levels):
        whole = pyvips.Image.tiffload_buffer(data, page=index)
        whole = np.asarray(whole.numpy()).reshape(level.height, level.width, -1)
        for y in range(level.tiles_y):
            for x in range(level.tiles_x):
                tile = imagecodecs.jpeg8_decode(tile_bytes(layout, index, x, y, reader(data)))
                wanted = whole[y * 256 : (y + 1) * 256, x * 256 : (x + 1) * 256]
                seen = tile.reshape(256, 256, -1)[: wanted.shape[0], : wanted.shape[1]].astype(int)
                assert np.abs(seen - wanted).max() <= 3


def test_browsers_decoder_sees_the_right_colours_at_any_quality() -> None:
    for data in (*WRITTEN.values(), *BY_VIPS.values()):
        tile = tile_bytes(read_layout(data), 0, 1, 1, reader(data))
        seen = np.asarray(Image.open(io.BytesIO(tile)).convert("RGB")).astype(int)
        assert np.abs(seen - PAGE[256:512, 256:512]).mean() < 5


def test_tiles_are_those_that_libvips_writes() -> None:
    ours, theirs = WRITTEN[80], BY_VIPS[80]
    here, there = read_layout(ours), read_layout(theirs)
    assert here.jpeg_tables == there.jpeg_tables
    for one, other in zip(here.levels, there.levels, strict=True):
        assert (one.width, one.height, one.lengths) == (other.width, other.height, other.lengths)
        places = zip(one.offsets, other.offsets, one.lengths, strict=True)
        assert all(ours[a : a + size] == theirs[b : b + size] for a, b, size in places)


def test_levels_halve_and_the_layout_covers_them() -> None:
    layout = read_layout(WRITTEN[80])
    assert layout.tile_size == 256
    assert (layout.levels[0].width, layout.levels[0].height) == (1300, 900)
    assert max(layout.levels[-1].width, layout.levels[-1].height) <= 256
    for level, lower in zip(layout.levels, layout.levels[1:], strict=False):
        assert abs(level.width / 2 - lower.width) <= 1
    for level in layout.levels:
        assert len(level.offsets) == len(level.lengths) == level.tiles_x * level.tiles_y


def test_the_layout_survives_json() -> None:
    for data in (*WRITTEN.values(), *BY_VIPS.values(), GREY):
        layout = read_layout(data)
        assert PyramidLayout.from_json(json.loads(json.dumps(layout.as_json()))) == layout


@settings(max_examples=30)
@given(st.integers(-3, 12), st.integers(-3, 12), st.integers(-3, 12))
def test_only_tiles_that_exist_are_given(level: int, x: int, y: int) -> None:
    layout = read_layout(WRITTEN[80])
    grid = layout.levels[level] if 0 <= level < len(layout.levels) else None
    if grid and 0 <= x < grid.tiles_x and 0 <= y < grid.tiles_y:
        assert tile_bytes(layout, level, x, y, reader(WRITTEN[80])).startswith(b"\xff\xd8")
    else:
        with pytest.raises(IndexError):
            tile_bytes(layout, level, x, y, reader(WRITTEN[80]))


def test_another_files_bytes_are_noticed() -> None:
    with pytest.raises(ValueError, match="another file"):
        tile_bytes(read_layout(WRITTEN[80]), 0, 0, 0, reader(b"\0" * 2_000_000))
    with pytest.raises(ValueError, match="another file"):
        tile_bytes(read_layout(WRITTEN[80]), 0, 0, 0, reader(b""))


@pytest.mark.parametrize("data", [b"no tiff", saved(PAGE, "TIFF"), saved(PAGE, "TIFF", compression="jpeg")])
def test_what_is_no_pyramid_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="pyramid"):
        read_layout(data)


def test_resolution_and_profile_are_kept() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    page = decode(write_pyramid(PAGE, 400.0, profile, 85))
    assert page.ppi == pytest.approx(400, abs=0.1)
    assert page.icc == profile
    assert page.frames == 1
    assert decode(write_pyramid(PAGE)).ppi is None
    assert np.abs(page.pixels.astype(int) - PAGE).mean() < 4


def test_a_page_smaller_than_a_tile_has_one_level() -> None:
    data = write_pyramid(PAGE[:90, :70], None, None, 85)
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        assert len(file.pages) == 1
    assert read_layout(data).levels[0].tiles_x == 1


def test_thumbnails_keep_the_shape_and_never_grow() -> None:
    small = probe(thumbnail(PAGE, 256))
    assert (small.width, small.height) == (256, 177)
    assert probe(thumbnail(PAGE[:20, :30], 256)).width == 30
    assert probe(thumbnail(PAGE[..., 0], 100)).width == 100


def test_encoded_jpegs_show_the_page() -> None:
    assert np.abs(decode(encode_jpeg(PAGE, 92)).pixels.astype(int) - PAGE).mean() < 4


def test_threads_are_settable() -> None:
    limit_vips_threads(1)
    assert pyvips.vips_lib.vips_concurrency_get() == 1
    assert read_layout(write_pyramid(PAGE, 300.0)).levels == read_layout(write_pyramid(PAGE, 300.0)).levels
    limit_vips_threads(0)
    assert pyvips.vips_lib.vips_concurrency_get() >= 1
