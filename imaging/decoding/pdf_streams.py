"""Check that an image inside a PDF is whole: PDFium itself paints what it has and says nothing."""

import zlib
from typing import Any

from imaging.decoding import jpeg, jpeg2000
from imaging.decoding.limits import Limits, check_size
from imaging.decoding.pdf_page import PLAIN_SPACES
from imaging.decoding.refusal import RefusedImage, damaged

_CODECS = {"DCTDecode": jpeg, "JPXDecode": jpeg2000}
_BLOCK = 1 << 20


def verify_image(image: Any, limits: Limits) -> None:
    """Refuse an image object whose data ends early or contradicts itself.

    Raises: RefusedImage `damaged`, `too_large`.
    """
    width, height = image.get_px_size()
    check_size(width, height, limits)
    filters = image.get_filters()
    codec = _CODECS.get(filters[-1]) if filters else None
    if codec is not None:
        try:
            codec.decode_frame(bytes(image.get_data(decode_simple=True)), 0, limits)
        except RefusedImage as refused:
            raise damaged("PDF") from refused
    elif filters == ["FlateDecode"]:
        meta = image.get_metadata()
        # Rows end on whole bytes. In palettes and the like the stored depth is not told: 1 bit is the least.
        bits = meta.bits_per_pixel if meta.colorspace in PLAIN_SPACES else 1
        if _inflated_length(bytes(image.get_data())) < -(-width * bits // 8) * height:
            raise damaged("PDF")


def _inflated_length(data: bytes) -> int:
    """Return how many bytes a deflated stream holds, 0 if it is broken; one block at a time is kept."""
    inflater, length = zlib.decompressobj(), 0
    try:
        while data and not inflater.eof:
            length += len(inflater.decompress(data, _BLOCK))
            data = inflater.unconsumed_tail
    except zlib.error:
        return 0
    return length if inflater.eof else 0
