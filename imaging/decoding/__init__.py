"""Safe decoding: bytes of an archival image in, RGB pixels or a reasoned refusal out."""

from imaging.decoding.decode import decode
from imaging.decoding.limits import Limits
from imaging.decoding.page import DecodedPage, Probe
from imaging.decoding.probe import probe
from imaging.decoding.refusal import RefusedImage

__all__ = ["DecodedPage", "Limits", "Probe", "RefusedImage", "decode", "probe"]
