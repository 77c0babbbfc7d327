"""JPEG 2000, JP2 or raw code stream, through OpenJPEG (imagecodecs) in its strict mode."""

import cv2
import imagecodecs
import numpy as np
import pyvips
from numpy.typing import NDArray

from imaging.arrays import Pixels
from imaging.decoding.jp2_boxes import Jp2Header, reaches_end_of_code_stream, read_jp2_header
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader
from imaging.decoding.refusal import RefusedImage, damaged, truncated, unsupported
from imaging.decoding.vips_pixels import rgb_pixels

# ISO/IEC 15444-1 table I.10 and 15444-2: enumerated colour spaces.
_CMYK, _SYCC = 12, 18
_MOST_SAMPLES = 160_000_000  # OpenJPEG keeps each in four bytes, and a page may take a gibibyte in all


def count_frames(_data: bytes, _limits: Limits) -> int:
    """Return 1: JP2 holds one image."""
    return 1


def read_header(data: bytes, _frame: int) -> FrameHeader:
    """Return the size in the code stream and the ppi in the resolution box.

    Raises: RefusedImage `truncated`, `damaged`.
    """
    header = read_jp2_header(data)
    return FrameHeader(header.width, header.height, header.ppi)


def decode_frame(data: bytes, _frame: int, _limits: Limits) -> tuple[Pixels, bytes | None]:
    """Return the pixels, once every tile-part is known to be there.

    Raises: RefusedImage `truncated`, `damaged`, `unsupported`.
    """
    header = read_jp2_header(data)
    if header.width * header.height * header.bands > _MOST_SAMPLES:
        raise RefusedImage(
            "too_large",
            f"JPEG 2000 影像 {header.width:,}×{header.height:,} 像素,解碼過於耗用記憶體;請改存為 TIFF。",
            f"The JPEG 2000 image of {header.width:,}×{header.height:,} pixels takes too much memory "
            "to decode; save it as TIFF.",
        )
    if not reaches_end_of_code_stream(data, header.stream):
        raise truncated("JPEG 2000")
    try:
        samples = imagecodecs.jpeg2k_decode(data, numthreads=1)
    except NotImplementedError as error:  # imagecodecs raises it for components that differ in size
        raise unsupported("JPEG 2000", "色度次取樣", "its components differ in size") from error
    except (imagecodecs.Jpeg2kError, ValueError) as error:
        raise damaged("JPEG 2000") from error
    if samples.ndim not in (2, 3) or samples.dtype not in (np.uint8, np.uint16):
        raise unsupported("JPEG 2000", "樣本型態", "its kind of samples")
    pixels, icc = rgb_pixels(_as_vips(_to_8_bit(samples, header.bits), header))
    return pixels, icc or (header.icc if header.icc and header.icc[16:20] == b"RGB " else None)


def _to_8_bit(samples: NDArray[np.generic], bits: int) -> NDArray[np.uint8]:
    if bits == 8:
        return samples.astype(np.uint8, copy=False)
    scaled = samples.astype(np.float32) * (255.0 / (2**bits - 1))
    return np.asarray(scaled + 0.5, dtype=np.uint8)


def _as_vips(samples: NDArray[np.uint8], header: Jp2Header) -> pyvips.Image:
    bands = 1 if samples.ndim == 2 else samples.shape[2]
    if header.colour_space == _SYCC and bands == 3:
        # OpenJPEG keeps YCbCr as coded; OpenCV's order is Y, Cr, Cb.
        samples = np.asarray(cv2.cvtColor(samples[..., (0, 2, 1)], cv2.COLOR_YCrCb2RGB), dtype=np.uint8)
    kind = "srgb" if bands >= 3 else "b-w"
    if header.colour_space == _CMYK and bands == 4:
        kind = "cmyk"
    return pyvips.Image.new_from_array(np.ascontiguousarray(samples), interpretation=kind)
