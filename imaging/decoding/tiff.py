"""TIFF through libtiff (libvips): each page directory is a frame; every strip must lie within the file."""

import pyvips

from imaging.arrays import Pixels
from imaging.decoding import jpeg
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader
from imaging.decoding.refusal import damaged, truncated, unsupported
from imaging.decoding.tiff_directory import Directory, walk_directories
from imaging.decoding.vips_pixels import rgb_pixels

# TIFF 6.0: bits of NewSubfileType (reduced-size copy, transparency mask), SampleFormat 1 = unsigned integer.
_REDUCED, _MASK = 1, 4
_UNSIGNED = 1
_JPEG = 7
_CENTIMETRE = 3
_INCH = 2


def count_frames(data: bytes, limits: Limits) -> int:
    """Return how many directories are pages; reduced copies and masks are not.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    return len(_pages(data, limits.max_frames + 1))


def read_header(data: bytes, frame: int) -> FrameHeader:
    """Return a page's displayed size and ppi.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    page = _pages(data, None)[frame]
    width, height = page.first(256), page.first(257)
    if page.first(274, 1) in (5, 6, 7, 8):
        width, height = height, width
    return FrameHeader(width, height, _ppi(page))


def decode_frame(data: bytes, frame: int, _limits: Limits) -> tuple[Pixels, bytes | None]:
    """Return a page's pixels, once the strips or tiles of the whole file are known to be there.

    Raises: RefusedImage `truncated`, `damaged`, `unsupported`.
    """
    pages = _pages(data, None)
    page = pages[frame]
    if page.first(339, _UNSIGNED) != _UNSIGNED or page.first(258, 1) not in (1, 2, 4, 8, 16):
        raise unsupported(
            "TIFF", "樣本不是 1–16 位元無號整數", "samples are not unsigned integers of 1 to 16 bits"
        )
    # Every frame's: a file cut short is refused by its first frame, not found out at its last.
    for each in pages:
        _verify_segments(data, each)
    try:
        return rgb_pixels(
            pyvips.Image.tiffload_buffer(data, page=page.index, fail_on="error", access="sequential")
        )
    except pyvips.Error as error:
        if "not configured" in str(error) or "compression" in str(error).lower():
            raise unsupported("TIFF", "壓縮方式", "its compression") from error
        raise damaged("TIFF") from error


def _pages(data: bytes, most: int | None) -> list[Directory]:
    found = [
        directory
        for directory in walk_directories(data, most or len(data))
        if not directory.first(254) & (_REDUCED | _MASK)
    ]
    if not found:
        raise damaged("TIFF")
    return found


def _verify_segments(data: bytes, page: Directory) -> None:
    segments = page.segments()
    if not segments:
        raise damaged("TIFF")
    for offset, length in segments:
        if offset + length > len(data):
            raise truncated("TIFF")
        if page.first(259) == _JPEG and not jpeg.reaches_end(data[offset : offset + length]):
            raise damaged("TIFF")


def _ppi(page: Directory) -> float | None:
    across, unit = page.tags.get(282, ()), page.first(296, _INCH)
    if len(across) < 2 or not across[0] or not across[1] or unit not in (_INCH, _CENTIMETRE):
        return None
    return round(across[0] / across[1] * (2.54 if unit == _CENTIMETRE else 1), 2)
