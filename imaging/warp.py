"""Walk a transform: resample a master's pixels to its derivative's."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Pixels
from imaging.transform import PageTransform

_CENTRE = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
_CORNER = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
_WHOLE = 1e-9  # so near to whole numbers a map moves pixels and blurs none
_NO_COLOUR = 128  # in either plane of colour


def warp(pixels: Pixels, transform: PageTransform, background: int = 255) -> Pixels:
    """Return the derivative of a master's pixels (grey or RGB); beyond the master lies `background` (0–255).

    Raises: ValueError where the pixels are not of the transform's master size.
    """
    height, width = pixels.shape[:2]
    if (width, height) != transform.master_size:
        raise ValueError(f"The transform is for {transform.master_size}, the pixels are {(width, height)}.")
    matrix = _between_centres(np.asarray(transform.matrix))
    if pixels.ndim == 2 or _moves_whole_pixels(matrix):
        return _resampled(pixels, matrix, transform.derivative_size, cv2.INTER_CUBIC, background)
    return _resampled_in_colour(pixels, matrix, transform.derivative_size, background)


def _moves_whole_pixels(matrix: NDArray[np.float64]) -> bool:
    return bool(np.abs(matrix - np.rint(matrix)).max() < _WHOLE)


def _resampled_in_colour(
    pixels: Pixels, matrix: NDArray[np.float64], size: tuple[int, int], background: int
) -> Pixels:
    """Resample RGB as light and colour, the colour at half the size as JPEG keeps it: it takes 0.6 of the
    time."""
    height, width = pixels.shape[:2]
    ycc = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    small = cv2.resize(ycc, (-(-width // 2), -(-height // 2)), interpolation=cv2.INTER_AREA)
    half = np.diag([small.shape[1] / width, small.shape[0] / height, 1.0])
    half_size = -(-size[0] // 2), -(-size[1] // 2)
    halved = np.diag([half_size[0] / size[0], half_size[1] / size[1], 1.0])
    planes = [_resampled(_channel(ycc, 0), matrix, size, cv2.INTER_CUBIC, background)]
    for channel in (1, 2):
        way = _between_centres(halved @ _between_corners(matrix) @ np.linalg.inv(half))
        colour = _resampled(_channel(small, channel), way, half_size, cv2.INTER_LINEAR, _NO_COLOUR)
        planes.append(np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8))
    return np.asarray(cv2.cvtColor(cv2.merge(planes), cv2.COLOR_YCrCb2RGB), dtype=np.uint8)


def _resampled(
    pixels: Pixels, matrix: NDArray[np.float64], size: tuple[int, int], how: int, background: int
) -> Pixels:
    border = (float(background),) * 3
    if tuple(matrix[2]) == (0.0, 0.0, 1.0):
        warped = cv2.warpAffine(pixels, matrix[:2], size, flags=how, borderValue=border)
    else:
        warped = cv2.warpPerspective(pixels, matrix, size, flags=how, borderValue=border)
    return np.asarray(warped, dtype=np.uint8)


def _channel(pixels: cv2.typing.MatLike, channel: int) -> Pixels:
    return np.asarray(cv2.extractChannel(pixels, channel), dtype=np.uint8)


def _between_centres(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a map between corners as one between pixel centres: OpenCV puts whole numbers on these."""
    return np.asarray(_CORNER @ matrix @ _CENTRE)


def _between_corners(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(_CENTRE @ matrix @ _CORNER)
