"""Read an image's headers only."""

from imaging.decoding.formats import FORMATS
from imaging.decoding.identify import identify
from imaging.decoding.limits import Limits, check_bytes, check_frames, check_size
from imaging.decoding.page import Probe


def probe(data: bytes, name: str = "", limits: Limits | None = None) -> Probe:
    """Return what the file says it is; pixels are not decoded, so a sound header proves no sound image.

    `name` is the file's name as given, checked against the content.
    Raises: RefusedImage (every code but `no_such_frame`).
    """
    limits = limits or Limits()
    check_bytes(data, limits)
    media_type = identify(data, name)
    reader = FORMATS[media_type]
    frames = reader.count_frames(data, limits)
    check_frames(frames, limits)
    header = reader.read_header(data, 0)
    check_size(header.width, header.height, limits)
    return Probe(media_type, frames, header.width, header.height, header.ppi)
