"""Bring what libvips loaded to upright 8-bit RGB."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyvips

from imaging.arrays import Pixels

# EXIF and TIFF 6.0 (tag 274): the page as displayed, seen as it lies in the file.
_AS_STORED: dict[int, Callable[[Pixels], Pixels]] = {
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright),
    7: lambda upright: upright[::-1, ::-1].transpose(1, 0, 2),
    8: lambda upright: np.rot90(upright, -1),
}
_ON_ITS_SIDE = (5, 6, 7, 8)
# Rows at a time: a decoder gives them in the order of the file alone.
_STRIP = 64


def displayed_size(image: Any) -> tuple[int, int]:
    """Return width and height once the orientation tag is applied."""
    if _orientation(image) in _ON_ITS_SIDE:
        return image.height, image.width
    return image.width, image.height


def rgb_pixels(image: Any) -> tuple[Pixels, bytes | None]:
    """Return upright RGB pixels and the RGB profile they are in; alpha is laid on white.

    Raises: pyvips.Error where the stream cannot be decoded whole.
    """
    icc = image.get("icc-profile-data") if "icc-profile-data" in image.get_fields() else None
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
    return _upright(image), icc if icc is not None and icc[16:20] == b"RGB " else None


def _upright(image: Any) -> Pixels:
    """Return the pixels as displayed.

    Turned while they are read, for libvips would read the file out of its order or keep a second copy of it.
    """
    as_stored = _AS_STORED.get(_orientation(image))
    if as_stored is None:
        return np.ascontiguousarray(image.numpy(), dtype=np.uint8)
    width, height = displayed_size(image)
    upright = np.empty((height, width, 3), np.uint8)
    stored, region = as_stored(upright), pyvips.Region.new(image)
    for top in range(0, image.height, _STRIP):
        rows = min(_STRIP, image.height - top)
        strip = np.frombuffer(region.fetch(0, top, image.width, rows), np.uint8)
        stored[top : top + rows] = strip.reshape(rows, image.width, 3)
    return upright


def _orientation(image: Any) -> int:
    return int(image.get("orientation")) if "orientation" in image.get_fields() else 1


def _from_cmyk(image: Any, icc: bytes | None) -> tuple[Any, None]:
    # The file's own ink profile where it has one, libvips's generic one otherwise.
    embedded = icc is not None and icc[16:20] == b"CMYK"
    return image.icc_transform("srgb", embedded=embedded, input_profile="cmyk", intent="relative"), None
