"""One PDF page as pixels."""

from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2 import PdfBitmap

from imaging.arrays import Pixels

_POINTS_IN_INCH = 72
_FILLS = 0.98  # of the page's width and height
PLAIN_SPACES = {
    pdfium.FPDF_COLORSPACE_DEVICERGB,
    pdfium.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium.FPDF_COLORSPACE_CALRGB,
    pdfium.FPDF_COLORSPACE_CALGRAY,
}


def page_size(page: Any, images: list[Any]) -> tuple[int, int, float]:
    """Return width and height in pixels, and ppi, at which the page's largest image keeps its own pixels."""
    if _is_whole_page(page, images):
        width, height = images[0].get_px_size()
        return width, height, round(width / page.get_width() * _POINTS_IN_INCH, 2)
    scale = _scale(max(images, key=_area))
    width, height = round(page.get_width() * scale), round(page.get_height() * scale)
    return width, height, round(scale * _POINTS_IN_INCH, 2)


def page_pixels(page: Any, images: list[Any]) -> Pixels:
    """Return the page's pixels at `page_size`."""
    if _is_whole_page(page, images):
        bitmap = images[0].get_bitmap(render=False)
    else:
        width, height, _ = page_size(page, images)
        bitmap = PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        # Stated in pixels: the library's own render() rounds its scale up and would blur by a pixel.
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    return _to_rgb(bitmap.to_numpy())


def _is_whole_page(page: Any, images: list[Any]) -> bool:
    """Whether the page is one upright image in plain colours, so that its own samples are the page."""
    if len(images) != 1 or page.get_rotation() or sum(1 for _ in page.get_objects()) != 1:
        return False
    matrix, meta = images[0].get_matrix(), images[0].get_metadata()
    upright = matrix.b == 0 and matrix.c == 0 and matrix.a > 0 and matrix.d > 0
    left, bottom, right, top = images[0].get_bounds()
    fills = min((right - left) / page.get_width(), (top - bottom) / page.get_height())
    return (
        upright
        and _FILLS <= fills <= 1 / _FILLS
        and meta.colorspace in PLAIN_SPACES
        and meta.bits_per_pixel in (1, 8, 24)
    )


def _placement(image: Any) -> Any:
    """Return an image's matrix on the page, through every form that holds it."""
    matrix, holder = image.get_matrix(), image.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
    return matrix


def _area(image: Any) -> float:
    matrix = _placement(image)
    return abs(float(matrix.a * matrix.d - matrix.b * matrix.c))


def _scale(image: Any) -> float:
    """Return pixels a point of an image as it is placed, whichever way it is turned."""
    matrix = _placement(image)
    width, height = image.get_px_size()
    across, up = float(np.hypot(matrix.a, matrix.b)), float(np.hypot(matrix.c, matrix.d))
    return float(max(width / max(across, 1e-6), height / max(up, 1e-6)))


def _to_rgb(bitmap: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Pixels:
    if bitmap.ndim == 2 or bitmap.shape[2] == 1:
        grey = bitmap.reshape(bitmap.shape[:2])
        return np.repeat(grey[..., None], 3, axis=2)
    return np.ascontiguousarray(bitmap[..., 2::-1])
