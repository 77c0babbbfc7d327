"""Sound files of every format and coding that is taken, small enough to mutate thousands."""

import io
from collections.abc import Iterator
from typing import Any

import imagecodecs
import numpy as np
import pypdfium2 as pdfium
import pyvips
import tifffile
from numpy.typing import NDArray
from PIL import Image

from bench.fuzz.scan_pdfs import draw_pdfs

HEIGHT, WIDTH = 220, 160
Array = NDArray[Any]


def draw_seeds() -> dict[str, bytes]:
    """Return the seeds by name; the ending tells the format."""
    page = _page()
    return dict(seed for kind in (_tiffs, _jpegs, _pngs, _jpeg2000s, _pdfs) for seed in kind(page))


def _page() -> NDArray[np.uint8]:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    page = np.stack([200 + rows % 40, 190 + columns % 50, np.full_like(rows, 180)], axis=2)
    page[::40] = 40
    page[:, ::32] = 60
    grain = np.random.default_rng(5).integers(-9, 10, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def _tiffs(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    for name in ("none", "lzw", "deflate", "packbits", "jpeg"):
        yield f"{name}.tif", _tiff(page, compression=name, rowsperstrip=32)
    yield "g4.tif", _pillow(Image.fromarray(page).convert("1"), "TIFF", compression="group4")
    yield "g3.tif", _pillow(Image.fromarray(page).convert("1"), "TIFF", compression="group3")
    yield "cmyk.tif", _pillow(Image.fromarray(page).convert("CMYK"), "TIFF", compression="tiff_lzw")
    yield "palette.tif", _pillow(Image.fromarray(page).convert("P"), "TIFF")
    yield "tiled.tif", _tiff(page, compression="deflate", tile=(64, 64), predictor=True)
    yield "planar.tif", _tiff(np.moveaxis(page, 2, 0), planarconfig="separate", photometric="rgb")
    yield (
        "16bit.tif",
        _tiff(page[..., 0].astype(np.uint16) * 257, compression="lzw", photometric="minisblack"),
    )
    yield "big.tif", _tiff(page, bigtiff=True, byteorder=">", compression="lzw")
    frames = [Image.fromarray(np.roll(page, shift, 0)) for shift in range(4)]
    options = {"save_all": True, "append_images": frames[1:], "compression": "tiff_adobe_deflate"}
    yield "frames.tif", _pillow(frames[0], "TIFF", **options)


def _jpegs(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    image = Image.fromarray(page)
    yield "baseline.jpg", _pillow(image, "JPEG", quality=85, dpi=(300, 300))
    yield "progressive.jpg", _pillow(image, "JPEG", quality=85, progressive=True)
    yield "grey.jpg", _pillow(image.convert("L"), "JPEG", quality=90)
    yield "cmyk.jpg", _pillow(image.convert("CMYK"), "JPEG", quality=85)
    yield "restart.jpg", _pillow(image, "JPEG", restart_marker_rows=2)
    exif = Image.Exif()
    exif[274] = 6
    yield "turned.jpg", _pillow(image, "JPEG", exif=exif)


def _pngs(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    image = Image.fromarray(page)
    yield "rgb.png", _pillow(image, "PNG", dpi=(300, 300))
    for mode, name in (("L", "grey"), ("RGBA", "alpha"), ("P", "palette"), ("1", "bilevel")):
        yield f"{name}.png", _pillow(image.convert(mode), "PNG")
    yield "16bit.png", _pillow(Image.fromarray(page[..., 0].astype(np.uint16) * 257), "PNG")
    picture = pyvips.Image.new_from_array(page, interpretation="srgb")
    yield "interlaced.png", bytes(picture.pngsave_buffer(interlace=True))


def _jpeg2000s(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    deep = page[..., 0].astype(np.uint16) * 257
    yield "lossless.jp2", _jpeg2000(page, "jp2", level=0)
    yield "lossy.jp2", _jpeg2000(page, "jp2", level=35)
    yield "16bit.jp2", _jpeg2000(deep, "jp2", level=0)
    yield "bare.j2k", _jpeg2000(page, "j2k", level=0)
    image = Image.fromarray(page)
    yield "tiled.j2k", _pillow(image, "JPEG2000", tile_size=(64, 64), no_jp2=True)
    yield "layers.jp2", _pillow(image, "JPEG2000", quality_layers=[40, 20, 5], irreversible=True)


def _pdfs(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    yield from draw_pdfs(page)
    frames = [Image.fromarray(np.roll(page, shift, 1)) for shift in range(3)]
    yield "pages.pdf", _pillow(frames[0], "PDF", save_all=True, append_images=frames[1:], resolution=150)
    yield "saved.pdf", _resaved(_pillow(frames[0], "PDF", resolution=150))


def _tiff(page: Array, **options: Any) -> bytes:
    buffer = io.BytesIO()
    chosen = {"photometric": "rgb", **options}
    chosen["compression"] = None if chosen.get("compression") == "none" else chosen.get("compression")
    tifffile.imwrite(buffer, page, resolution=(300, 300), metadata=None, **chosen)
    return buffer.getvalue()


def _pillow(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _jpeg2000(page: Array, kind: str, **options: Any) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(page, codecformat=kind, **options))


def _resaved(data: bytes) -> bytes:
    """Return the PDF as PDFium writes it, in another order of objects."""
    document, buffer = pdfium.PdfDocument(data), io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
