"""The one port of the decoders: headers of a frame, then its pixels."""

from typing import Protocol

from imaging.arrays import Pixels
from imaging.decoding import jpeg, jpeg2000, pdf, png, tiff
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader


class Format(Protocol):
    """What each format's module provides; each raises RefusedImage."""

    def count_frames(self, data: bytes, limits: Limits, /) -> int:
        """Return how many page frames the file holds."""

    def read_header(self, data: bytes, frame: int, /) -> FrameHeader:
        """Return a frame's displayed size without decoding pixels."""

    def decode_frame(self, data: bytes, frame: int, limits: Limits, /) -> tuple[Pixels, bytes | None]:
        """Return a frame's RGB pixels and ICC profile, the whole stream verified."""


FORMATS: dict[str, Format] = {
    "image/jpeg": jpeg,
    "image/png": png,
    "image/tiff": tiff,
    "image/jp2": jpeg2000,
    "image/j2c": jpeg2000,
    "application/pdf": pdf,
}
