"""Write the tiled derivative."""

import io
from collections.abc import Iterator, Sequence

import cv2
import imagecodecs
import numpy as np
import tifffile

from imaging.arrays import Pixels
from imaging.pyramid.halve import TILE_SIZE, halved

_FINE = 90  # from this quality on, colours are as sharp as brightness
_LARGEST = 2**31  # bytes of pixels up to which 32-bit offsets reach every tile
_TABLES, _FRAME, _SCAN = (b"\xff\xdb", b"\xff\xc4"), b"\xff\xc0", b"\xff\xda"
_START, _END = b"\xff\xd8", b"\xff\xd9"


def write_pyramid(
    pixels: Pixels, ppi: float | None = None, icc: bytes | None = None, quality: int = 85
) -> bytes:
    """Return grey or RGB pixels as a pyramidal TIFF of 256-pixel JPEG tiles, each level half the last.

    `quality` is JPEG's (1–100); `icc` is the profile the pixels are in.
    """
    return write_levels(halved(pixels), ppi, icc, quality)


def write_levels(
    levels: Sequence[Pixels], ppi: float | None = None, icc: bytes | None = None, quality: int = 85
) -> bytes:
    """Return what `write_pyramid` does of the levels that are to be in it."""
    written = io.BytesIO()
    with tifffile.TiffWriter(written, bigtiff=levels[0].nbytes > _LARGEST) as file:
        for number, level in enumerate(levels):
            tiles = [_encoded(tile, quality) for tile in _tiles(level)]
            header, tables, frame = _parted(tiles[0])
            file.write(
                # All tiles are of one size and one quality, so that they begin alike.
                iter([_START + frame + tile[header:] for tile in tiles]),
                shape=level.shape,
                dtype=np.uint8,
                tile=(TILE_SIZE, TILE_SIZE),
                photometric="minisblack" if level.ndim == 2 else "ycbcr",
                compression="jpeg",
                subsampling=_subsampling(quality),
                jpegtables=_START + tables + _END,
                subfiletype=1 if number else 0,  # TIFF 6.0: a smaller copy of another image
                resolution=(ppi or 1.0, ppi or 1.0),
                resolutionunit="inch" if ppi else "none",
                iccprofile=icc,
                metadata=None,
                software=False,
            )
    return written.getvalue()


def _tiles(level: Pixels) -> Iterator[Pixels]:
    """Yield a level's tiles row by row, those at its right and lower edge filled up with black."""
    for y in range(0, level.shape[0], TILE_SIZE):
        for x in range(0, level.shape[1], TILE_SIZE):
            tile = level[y : y + TILE_SIZE, x : x + TILE_SIZE]
            down, right = TILE_SIZE - tile.shape[0], TILE_SIZE - tile.shape[1]
            if down or right:
                tile = np.asarray(cv2.copyMakeBorder(tile, 0, down, 0, right, cv2.BORDER_CONSTANT), np.uint8)
            yield tile


def _encoded(tile: Pixels, quality: int) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(tile, level=quality, subsampling=_subsampling(quality)))


def _subsampling(quality: int) -> tuple[int, int]:
    return (1, 1) if quality >= _FINE else (2, 2)


def _parted(jpeg: bytes) -> tuple[int, bytes, bytes]:
    """Return where a JPEG's scan begins, its tables, and its frame's header.

    TIFF keeps the tables once for all tiles (its Technical Note 2, 1995).
    """
    at, tables, frame = len(_START), b"", b""
    while (marker := jpeg[at : at + 2]) != _SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in _TABLES:
            tables += jpeg[at:end]
        elif marker == _FRAME:
            frame = jpeg[at:end]
        at = end
    return at, tables, frame
