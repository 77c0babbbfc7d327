"""JPEG through libjpeg-turbo (libvips), its stream checked to the end-of-image marker."""

import re

import pyvips

from imaging.arrays import Pixels
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader
from imaging.decoding.refusal import RefusedImage, damaged, truncated, unsupported
from imaging.decoding.vips_pixels import displayed_size, rgb_pixels

# ISO/IEC 10918-1 B.1.1: in coded data FF is followed by 00 (stuffing), D0–D7 (restart) or FF (fill).
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_LOSSLESS_OR_ARITHMETIC = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


def count_frames(_data: bytes, _limits: Limits) -> int:
    """Return 1: further images of a multi-picture JPEG are not pages."""
    return 1


def read_header(data: bytes, _frame: int) -> FrameHeader:
    """Return the displayed size and stated ppi.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    try:
        image = pyvips.Image.jpegload_buffer(data)
    except pyvips.Error as error:
        raise _refusal(data) from error
    stated = "resolution-unit" in image.get_fields()
    width, height = displayed_size(image)
    return FrameHeader(width, height, round(image.xres * 25.4, 2) if stated else None)


def decode_frame(data: bytes, _frame: int, _limits: Limits) -> tuple[Pixels, bytes | None]:
    """Return the pixels of the whole stream.

    Raises: RefusedImage `truncated`, `damaged`, `unsupported`.
    """
    if not reaches_end(data):
        raise truncated("JPEG")
    try:
        return rgb_pixels(pyvips.Image.jpegload_buffer(data, fail_on="warning", access="sequential"))
    except pyvips.Error as error:
        if "premature end" in str(error):
            raise truncated("JPEG") from error
        raise _refusal(data) from error


def reaches_end(data: bytes) -> bool:
    """Return whether the marker chain runs from start of image to end of image."""
    at, seen_scan = 2, False
    while at + 2 <= len(data):
        code = data[at + 1]
        if data[at] != 0xFF or code == 0xFF:
            at += 1
        elif code == _EOI:
            return seen_scan
        elif code in _STANDALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if code == _SOS:
                seen_scan = True
                found = _MARKER_IN_SCAN.search(data, at)
                if found is None:
                    return False
                at = found.start()
    return False


def _refusal(data: bytes) -> RefusedImage:
    if not reaches_end(data):
        return truncated("JPEG")
    if _coding(data) in _LOSSLESS_OR_ARITHMETIC:
        return unsupported("JPEG", "無失真或算術編碼", "lossless or arithmetic coding")
    return damaged("JPEG")


def _coding(data: bytes) -> int | None:
    found = re.search(rb"\xff([\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf])\x00", data)
    return found.group(1)[0] if found else None
