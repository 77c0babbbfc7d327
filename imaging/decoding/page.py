"""What decoding answers."""

from dataclasses import dataclass

from imaging.arrays import Pixels


@dataclass(frozen=True)
class Probe:
    """What the headers say: size of frame 0 in pixels as displayed, ppi where stated."""

    media_type: str
    frames: int
    width: int
    height: int
    ppi: float | None


@dataclass(frozen=True, eq=False)
class DecodedPage:
    """One frame, upright, as H×W×3 RGB; `icc` is the RGB profile the pixels are in, if any."""

    pixels: Pixels
    ppi: float | None
    icc: bytes | None
    media_type: str
    frame: int
    frames: int


@dataclass(frozen=True)
class FrameHeader:
    """One frame as its header declares it: displayed size in pixels, ppi where stated."""

    width: int
    height: int
    ppi: float | None
