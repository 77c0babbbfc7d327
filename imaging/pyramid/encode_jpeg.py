"""Small renderings: a JPEG of pixels, and a thumbnail."""

import cv2
import imagecodecs
import numpy as np

from imaging.arrays import Pixels
from imaging.skew.evidence import shrink


def encode_jpeg(pixels: Pixels, quality: int = 85) -> bytes:
    """Return grey or RGB pixels as a JPEG of the given quality (1–100)."""
    return bytes(imagecodecs.jpeg8_encode(np.ascontiguousarray(pixels), level=quality))


def thumbnail(pixels: Pixels, size: int = 256, quality: int = 80) -> bytes:
    """Return a JPEG whose longer side is `size` pixels; a smaller image keeps its size."""
    height, width = pixels.shape[:2]
    # First by a whole number: that is quick, and leaves little for the exact size.
    near = shrink(pixels, round(3.5 * size))
    scale = min(1.0, size / max(height, width))
    shape = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(near, shape, interpolation=cv2.INTER_AREA)
    return encode_jpeg(np.asarray(small, dtype=np.uint8), quality)
