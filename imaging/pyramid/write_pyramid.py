"""Write the tiled derivative."""

import numpy as np
import pyvips

from imaging.arrays import Pixels

TILE_SIZE = 256
_MM_IN_INCH = 25.4


def write_pyramid(
    pixels: Pixels, ppi: float | None = None, icc: bytes | None = None, quality: int = 85
) -> bytes:
    """Return grey or RGB pixels as a pyramidal TIFF of 256-pixel JPEG tiles, each level half the last.

    `quality` is JPEG's (1–100); `icc` is the profile the pixels are in.
    """
    height, width = pixels.shape[:2]
    bands = 1 if pixels.ndim == 2 else pixels.shape[2]
    samples = np.ascontiguousarray(pixels)
    image = pyvips.Image.new_from_memory(samples.data, width, height, bands, "uchar")
    per_mm = (ppi or _MM_IN_INCH) / _MM_IN_INCH
    image = image.copy(interpretation="b-w" if bands == 1 else "srgb", xres=per_mm, yres=per_mm)
    if icc:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", icc)
    written = image.tiffsave_buffer(
        tile=True,
        pyramid=True,
        compression="jpeg",
        Q=quality,
        tile_width=TILE_SIZE,
        tile_height=TILE_SIZE,
        resunit="inch",
        region_shrink="mean",
        bigtiff=samples.nbytes > 2**31,
    )
    return bytes(written)
