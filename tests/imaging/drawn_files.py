"""Image files drawn for the tests, in every format that is taken."""

import io
import struct
import zlib
from typing import Any

import imagecodecs
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[Any]


def picture(height: int = 120, width: int = 90, seed: int = 1) -> NDArray[np.uint8]:
    """A smooth coloured page with dark marks: tells orientation and channel order apart."""
    rows, columns = np.mgrid[0:height, 0:width]
    page = np.stack([rows * 200 // height + 40, columns * 200 // width + 40, np.full_like(rows, 90)], axis=2)
    page[5:15, 5:40] = (200, 20, 20)
    noise = np.random.default_rng(seed).integers(-4, 5, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def saved(pixels: Array, kind: str, mode: str | None = None, **options: Any) -> bytes:
    """Pixels as a file that Pillow writes."""
    image = Image.fromarray(pixels)
    buffer = io.BytesIO()
    (image.convert(mode) if mode else image).save(buffer, kind, **options)
    return buffer.getvalue()


def jp2(pixels: Array, kind: str = "jp2", **options: Any) -> bytes:
    """Pixels as JPEG 2000 without loss: `jp2` or `j2k`."""
    return bytes(imagecodecs.jpeg2k_encode(pixels, level=0, codecformat=kind, **options))


def multi_tiff(pages: list[Array], **options: Any) -> bytes:
    """Pages as the frames of one TIFF."""
    first, *rest = [Image.fromarray(page) for page in pages]
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=rest, **options)
    return buffer.getvalue()


def scans_pdf(pages: list[Array], ppi: int = 150) -> bytes:
    """Pages as a PDF of JPEG scans."""
    first, *rest = [Image.fromarray(page) for page in pages]
    buffer = io.BytesIO()
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=ppi, quality=95)
    return buffer.getvalue()


def lone_jpeg(pixels: Array) -> bytes:
    """The JPEG that `scans_pdf` embeds."""
    return saved(pixels, "JPEG", quality=95)


def empty_pdf() -> bytes:
    """A PDF of one page without any image."""
    document = pdfium.PdfDocument.new()
    document.new_page(200, 300)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def strips_pdf(pixels: Array, count: int) -> bytes:
    """A PDF page at 300 ppi whose scan is cut into strips without loss, as some scanners write it."""
    point = 72 / 300
    height, width = pixels.shape[:2]
    document = pdfium.PdfDocument.new()
    page = document.new_page(width * point, height * point)
    for strip, top in zip(np.split(pixels, count), range(0, height, height // count), strict=True):
        bitmap = pdfium.PdfBitmap.new_native(width, len(strip), pdfium.raw.FPDFBitmap_BGR)
        bitmap.to_numpy()[:] = strip[..., ::-1]
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(bitmap)
        bottom = (height - top - len(strip)) * point
        image.set_matrix(pdfium.PdfMatrix(width * point, 0, 0, len(strip) * point, 0, bottom))
        page.insert_obj(image)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """One PNG chunk with its checksum."""
    checksum = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def bomb_png(side: int) -> bytes:
    """A PNG of a few bytes that declares side × side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
