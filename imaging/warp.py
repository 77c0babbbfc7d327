"""Walk a transform: resample a master's pixels to its derivative's."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Pixels
from imaging.transform import PageTransform

SHARPER = np.array([-0.1, 1.2, -0.1])
"""What a linear resampling softens is made up for beforehand. A cubic one (Keys 1981) is the linear one of
the pixels less f(1 − f)/2 of their second difference, f being how far between two pixels a place lies; here
that weight is about its mean everywhere, which takes a third of the time."""
BAND = 1024
"""So many rows of the derivative are made at a time: of a large scan whole, the copies take a gibibyte."""
AROUND = 3
"""Pixels kept round what a band shows of the master, that its rim is resampled like its middle."""

Matrix = NDArray[np.float64]


def warp(pixels: Pixels, transform: PageTransform, background: int = 255) -> Pixels:
    """Return the derivative of a master's pixels (grey or RGB); beyond the master lies `background` (0–255).

    A page that is merely cropped or turned by quarters keeps its very pixels.
    Raises: ValueError where the pixels are not of the transform's master size.
    """
    height, width = pixels.shape[:2]
    if (width, height) != transform.master_size:
        raise ValueError(f"The transform is for {transform.master_size}, the pixels are {(width, height)}.")
    matrix = np.asarray(transform.matrix)
    resample = _copied if _on_whole_pixels(matrix) else _resampled
    wide, high = transform.derivative_size
    derivative = np.empty((high, wide, *pixels.shape[2:]), np.uint8)
    for top in range(0, high, BAND):
        band = derivative[top : top + BAND]
        x0, y0, x1, y1 = _shown(transform, (0, top, wide, top + len(band)))
        if x0 < x1 and y0 < y1:
            moved = _shift(0, -top) @ matrix @ _shift(x0, y0)
            resample(pixels[y0:y1, x0:x1], moved, band, background)
        else:
            band[:] = background
    return derivative


def _shown(transform: PageTransform, box: Box) -> Box:
    """Return the box of the master that a box of the derivative shows some of, with a little around it."""
    x0, y0, x1, y1 = transform.box_to_master(box)
    width, height = transform.master_size
    if x0 == x1 or y0 == y1:
        return x0, y0, x1, y1
    return max(0, x0 - AROUND), max(0, y0 - AROUND), min(width, x1 + AROUND), min(height, y1 + AROUND)


def _on_whole_pixels(matrix: Matrix) -> bool:
    turned = np.array_equal(np.abs(matrix[:2, :2]), np.eye(2)) or np.array_equal(
        np.abs(matrix[:2, :2]), np.eye(2)[::-1]
    )
    return turned and np.array_equal(matrix[:, 2], np.round(matrix[:, 2])) and not matrix[2, :2].any()


def _copied(pixels: Pixels, matrix: Matrix, band: Pixels, background: int) -> None:
    band[:] = _walked(pixels, matrix, band, background, cv2.INTER_NEAREST)


def _resampled(pixels: Pixels, matrix: Matrix, band: Pixels, background: int) -> None:
    sharper = np.asarray(cv2.sepFilter2D(pixels, -1, SHARPER, SHARPER), dtype=np.uint8)
    if pixels.ndim == 2:
        band[:] = _walked(sharper, matrix, band, background, cv2.INTER_LINEAR)
        return
    # Four channels are walked in two thirds of the time of three.
    four = np.asarray(cv2.cvtColor(sharper, cv2.COLOR_RGB2RGBA), dtype=np.uint8)
    walked = _walked(four, matrix, band, background, cv2.INTER_LINEAR)
    cv2.cvtColor(walked, cv2.COLOR_RGBA2RGB, dst=band)


def _walked(pixels: Pixels, matrix: Matrix, band: Pixels, background: int, how: int) -> Pixels:
    """Return as many rows and columns as the band has."""
    size = (band.shape[1], band.shape[0])
    # OpenCV puts whole numbers on pixel centres, half a pixel from the corners counted from here.
    centred = _shift(-0.5, -0.5) @ matrix @ _shift(0.5, 0.5)
    border = (float(background),) * 4
    if np.array_equal(centred[2], (0, 0, 1)):
        return np.asarray(cv2.warpAffine(pixels, centred[:2], size, flags=how, borderValue=border), np.uint8)
    return np.asarray(cv2.warpPerspective(pixels, centred, size, flags=how, borderValue=border), np.uint8)


def _shift(right: float, down: float) -> Matrix:
    return np.array([[1.0, 0.0, right], [0.0, 1.0, down], [0.0, 0.0, 1.0]])
