"""Read what JPEG 2000 says of itself: boxes (ISO/IEC 15444-1 annex I) and code-stream markers (annex A)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from imaging.decoding.refusal import damaged, truncated

_SUPERBOXES = (b"jp2h", b"res ")
_METRE_IN_INCHES = 0.0254
_DEEPEST = 4  # res within jp2h is the deepest that the standard knows
_SIZ, _SOT, _EOC = 0xFF51, 0xFF90, 0xFFD9


@dataclass(frozen=True)
class Jp2Header:
    """Size in pixels, bits a sample, samples a pixel, numbered colour space (or 0), start of the stream."""

    width: int
    height: int
    bits: int
    bands: int
    colour_space: int
    icc: bytes | None
    ppi: float | None
    stream: int


def read_jp2_header(data: bytes) -> Jp2Header:
    """Return the header of a JP2 file or a raw code stream.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    colour_space, icc, ppi, stream = 0, None, None, 0 if data[:2] == b"\xff\x4f" else -1
    for name, start, end in _boxes(data, 0, len(data)) if stream else ():
        if name == b"colr" and data[start] == 1:
            colour_space = int.from_bytes(data[start + 3 : start + 7], "big")
        elif name == b"colr" and data[start] == 2:
            icc = data[start + 3 : end]
        elif name in (b"resc", b"resd"):
            ppi = _ppi(data[start:end]) or ppi
        elif name == b"jp2c":
            stream = start
            break
    if stream < 0 or stream + 42 > len(data):
        raise truncated("JPEG 2000")
    if data[stream : stream + 4] != b"\xff\x4f\xff\x51":
        raise damaged("JPEG 2000")
    right, bottom, left, top = struct.unpack(">4I", data[stream + 8 : stream + 24])
    bits = (data[stream + 42] & 0x7F) + 1 if stream + 42 < len(data) else 8
    bands = int.from_bytes(data[stream + 40 : stream + 42], "big")
    return Jp2Header(right - left, bottom - top, bits, bands, colour_space, icc, ppi, stream)


def reaches_end_of_code_stream(data: bytes, stream: int) -> bool:
    """Return whether every tile-part is whole and the end marker follows the last."""
    at = stream + 2
    while at + 2 <= len(data):
        marker = int.from_bytes(data[at : at + 2], "big")
        if marker == _EOC:
            return True
        if marker == _SOT:
            part = int.from_bytes(data[at + 6 : at + 10], "big")
            if part == 0:  # the last part, of unstated length, runs to the end marker
                return data[stream:].rstrip(b"\0").endswith(b"\xff\xd9")
            at += max(part, 12)
        else:
            at += 2 + max(int.from_bytes(data[at + 2 : at + 4], "big"), 2)
    return False


def _boxes(data: bytes, at: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int, int]]:
    if depth > _DEEPEST:
        raise damaged("JPEG 2000")
    while at + 8 <= end:
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        start = at + 8
        if length == 1:
            length, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        stop = end if length == 0 else at + length
        if stop < start or (stop > end and name != b"jp2c"):
            raise truncated("JPEG 2000")
        yield name, start, min(stop, end)
        if name in _SUPERBOXES:
            yield from _boxes(data, start, stop, depth + 1)
        at = stop


def _ppi(content: bytes) -> float | None:
    if len(content) != 10:
        return None
    _, _, numerator, denominator, _, exponent = struct.unpack(">4H2b", content)
    if not numerator or not denominator:
        return None
    return round(float(numerator / denominator * 10.0**exponent * _METRE_IN_INCHES), 2)
