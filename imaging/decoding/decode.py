"""Decode one frame, whole or not at all."""

from imaging.decoding.formats import FORMATS
from imaging.decoding.identify import identify
from imaging.decoding.limits import Limits, check_bytes, check_frame, check_frames, check_size
from imaging.decoding.page import DecodedPage


def decode(data: bytes, frame: int = 0, limits: Limits | None = None) -> DecodedPage:
    """Return a frame (counted from 0) as upright H×W×3 RGB; alpha is laid on white.

    Limits are judged from the headers before anything is allocated, and the frame's whole stream is verified.
    Raises: RefusedImage (every code but `mislabelled`).
    """
    limits = limits or Limits()
    check_bytes(data, limits)
    media_type = identify(data)
    reader = FORMATS[media_type]
    frames = reader.count_frames(data, limits)
    check_frames(frames, limits)
    check_frame(frame, frames)
    header = reader.read_header(data, frame)
    check_size(header.width, header.height, limits)
    pixels, icc = reader.decode_frame(data, frame, limits)
    return DecodedPage(pixels, header.ppi, icc, media_type, frame, frames)
