"""Decode a frame of a file on disk in the limited child."""

import os
from pathlib import Path

from ingest.decoding.answers import DecodedFrame
from ingest.decoding.limited_decoder import LimitedDecoder


def decode_file(decoder: LimitedDecoder, path: Path, frame: int) -> DecodedFrame:
    """Return one frame (from 0) of a file; its bytes go to the child in pieces and are never all held here.

    Raises:
        OSError: the file cannot be read.
        RefusedImage: it cannot be decoded, or not within a page's limits of memory and time.
    """
    with path.open("rb") as file:
        return decoder.decode(file, os.fstat(file.fileno()).st_size, frame)
