"""Bring what libvips loaded to upright 8-bit RGB."""

from typing import Any

import numpy as np

from imaging.arrays import Pixels

# libvips 8.18: EXIF and TIFF orientations 5 to 8 lie on their side.
_ON_ITS_SIDE = (5, 6, 7, 8)


def displayed_size(image: Any) -> tuple[int, int]:
    """Return width and height once the orientation tag is applied."""
    orientation = image.get("orientation") if "orientation" in image.get_fields() else 1
    if orientation in _ON_ITS_SIDE:
        return image.height, image.width
    return image.width, image.height


def rgb_pixels(image: Any) -> tuple[Pixels, bytes | None]:
    """Return upright RGB pixels and the RGB profile they are in; alpha is laid on white.

    Raises: pyvips.Error where the stream cannot be decoded whole.
    """
    icc = image.get("icc-profile-data") if "icc-profile-data" in image.get_fields() else None
    image = image.autorot()
    image, icc = _from_cmyk(image, icc) if image.interpretation == "cmyk" else (image, icc)
    if image.interpretation != "srgb":
        image = image.colourspace("srgb")
    if image.hasalpha():
        image = image.flatten(background=255)
    if image.bands == 1:
        image = image.bandjoin([image, image])
    # Every further step costs libvips a copy of the page.
    image = image if image.bands == 3 else image[0:3]
    image = image if image.format == "uchar" else image.cast("uchar")
    pixels = np.ascontiguousarray(image.numpy(), dtype=np.uint8)
    return pixels, icc if icc is not None and icc[16:20] == b"RGB " else None


def _from_cmyk(image: Any, icc: bytes | None) -> tuple[Any, None]:
    # The file's own ink profile where it has one, libvips's generic one otherwise.
    embedded = icc is not None and icc[16:20] == b"CMYK"
    return image.icc_transform("srgb", embedded=embedded, input_profile="cmyk", intent="relative"), None
