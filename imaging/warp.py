"""Walk a transform: resample a master's pixels to its derivative's."""

import cv2
import numpy as np

from imaging.arrays import Pixels
from imaging.transform import PageTransform


def warp(pixels: Pixels, transform: PageTransform, background: int = 255) -> Pixels:
    """Return the derivative of a master's pixels (grey or RGB); beyond the master lies `background` (0–255).

    Raises: ValueError where the pixels are not of the transform's master size.
    """
    height, width = pixels.shape[:2]
    if (width, height) != transform.master_size:
        raise ValueError(f"The transform is for {transform.master_size}, the pixels are {(width, height)}.")
    # OpenCV puts whole numbers on pixel centres, half a pixel from the corners counted from here.
    centre, corner = np.eye(3), np.eye(3)
    centre[:2, 2], corner[:2, 2] = 0.5, -0.5
    matrix = corner @ np.asarray(transform.matrix) @ centre
    size, border = transform.derivative_size, (float(background),) * 3
    if transform.affine:
        warped = cv2.warpAffine(pixels, matrix[:2], size, flags=cv2.INTER_CUBIC, borderValue=border)
    else:
        warped = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=border)
    return np.asarray(warped, dtype=np.uint8)
