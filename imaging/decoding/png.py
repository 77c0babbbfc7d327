"""PNG through libspng (libvips), every chunk's checksum verified."""

import struct
import zlib
from collections.abc import Iterator

import pyvips

from imaging.arrays import Pixels
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader
from imaging.decoding.refusal import damaged, truncated
from imaging.decoding.vips_pixels import displayed_size, rgb_pixels

_METRE_IN_INCHES = 0.0254
_SIGNATURE = 8


def count_frames(_data: bytes, _limits: Limits) -> int:
    """Return 1: an animation's further frames are not pages."""
    return 1


def read_header(data: bytes, _frame: int) -> FrameHeader:
    """Return the displayed size and the ppi in pHYs.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    if len(data) < _SIGNATURE + 25:
        raise truncated("PNG")
    if data[12:16] != b"IHDR":
        raise damaged("PNG")
    return FrameHeader(*_size(data), _read_ppi(data))


def decode_frame(data: bytes, _frame: int, _limits: Limits) -> tuple[Pixels, bytes | None]:
    """Return the pixels, once every chunk up to IEND has its right checksum.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    for name, start, end in _chunks(data):
        if end + 4 > len(data):
            raise truncated("PNG")
        if zlib.crc32(data[start:end], zlib.crc32(name)) != int.from_bytes(data[end : end + 4], "big"):
            raise damaged("PNG")
        if name == b"IEND":
            break
    else:
        raise truncated("PNG")
    try:
        return rgb_pixels(pyvips.Image.pngload_buffer(data, fail_on="warning", access="sequential"))
    except pyvips.Error as error:
        raise damaged("PNG") from error


def _size(data: bytes) -> tuple[int, int]:
    """Return width and height as displayed; those in IHDR where libvips opens no such file."""
    try:
        return displayed_size(pyvips.Image.pngload_buffer(data, access="sequential"))
    except pyvips.Error:
        width, height = struct.unpack(">II", data[16:24])
        return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of each chunk's content; the last may reach beyond the file."""
    at = _SIGNATURE
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], at + 8, at + 8 + length
        at += 12 + length


def _read_ppi(data: bytes) -> float | None:
    for name, start, end in _chunks(data):
        if name == b"IDAT":
            return None
        if name == b"pHYs" and end - start == 9 and end <= len(data):
            across, unit = struct.unpack(">I4xB", data[start:end])
            return round(across * _METRE_IN_INCHES, 2) if unit == 1 and across else None
    return None
