"""PDF of scans through PDFium: each page is a frame, at the resolution of the image that it carries."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from imaging.arrays import Pixels
from imaging.decoding.limits import Limits
from imaging.decoding.page import FrameHeader
from imaging.decoding.pdf_page import page_pixels, page_size
from imaging.decoding.pdf_streams import verify_image
from imaging.decoding.refusal import RefusedImage, damaged, truncated, unsupported

_TAIL = 2048  # readers look for the end marker in the last kilobyte; scanners pad


def count_frames(data: bytes, _limits: Limits) -> int:
    """Return the number of pages.

    Raises: RefusedImage `truncated`, `damaged`, `encrypted`.
    """
    with _opened(data) as document:
        return len(document)


def read_header(data: bytes, frame: int) -> FrameHeader:
    """Return a page's size at the native resolution of its image.

    Raises: RefusedImage `truncated`, `damaged`, `encrypted`, `unsupported` (a page without a scan).
    """
    with _opened(data) as document, _page(document, frame) as page:
        images = _images(page)
        width, height, ppi = page_size(page, images)
        return FrameHeader(width, height, ppi)


def decode_frame(data: bytes, frame: int, limits: Limits) -> tuple[Pixels, None]:
    """Return a page's pixels: its image's own where one fills the page, rendered at its scale otherwise.

    Raises: RefusedImage `truncated`, `damaged`, `encrypted`, `unsupported`, `too_large`.
    """
    with _opened(data) as document, _page(document, frame) as page:
        images = _images(page)
        for image in images:
            verify_image(image, limits)
        return page_pixels(page, images), None


def _images(page: Any) -> list[Any]:
    found = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    if not found:
        raise unsupported("PDF", "此頁沒有掃描影像", "this page carries no scanned image")
    return found


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    # PDFium repairs what it can; an archive must not take half a file, so the end must be there first.
    end = data.rfind(b"%%EOF", max(0, len(data) - _TAIL))
    start = re.search(rb"startxref\s+(\d+)\s*$", data[max(0, end - 64) : max(0, end)])
    if start is None or int(start.group(1)) >= len(data):
        raise truncated("PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: Any, frame: int) -> Iterator[Any]:
    try:
        page = document[frame]
    except pypdfium2.PdfiumError as error:
        raise damaged("PDF") from error
    try:
        yield page
    except pypdfium2.PdfiumError as error:
        raise damaged("PDF") from error
    finally:
        page.close()


def _refusal(error: Exception) -> RefusedImage:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return RefusedImage(
            "encrypted",
            "PDF 有密碼保護,無法讀取;請移除密碼後重新上傳。",
            "The PDF is protected by a password; remove it and upload again.",
        )
    return damaged("PDF")
