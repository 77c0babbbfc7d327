"""PDF scans written by hand, one a filter, so that every decoder within PDFium is reached."""

import base64
import io
import zlib
from collections.abc import Iterator, Sequence

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PNG_UP = 2


def draw_pdfs(page: NDArray[np.uint8]) -> Iterator[tuple[str, bytes]]:
    """Yield a one-page PDF a filter for pixels (H×W×3)."""
    raw, grey = page.tobytes(), np.ascontiguousarray(page[..., 0])
    height, width = grey.shape
    inflated = zlib.compress(raw)
    yield "flate.pdf", _pdf(page, "/FlateDecode", inflated)
    yield "ascii85.pdf", _pdf(page, "[/ASCII85Decode /FlateDecode]", base64.a85encode(inflated) + b"~>")
    yield "hex.pdf", _pdf(grey, "/ASCIIHexDecode", grey.tobytes().hex().encode() + b">")
    yield "runs.pdf", _pdf(grey, "/RunLengthDecode", _run_lengths(grey.tobytes()))
    parms = f"/Predictor 15 /Colors 3 /Columns {width}"
    yield "predictor.pdf", _pdf(page, "/FlateDecode", zlib.compress(_up_filtered(page)), parms)
    yield "dct.pdf", _pdf(page, "/DCTDecode", _saved(Image.fromarray(page), "JPEG"))
    coded = bytes(imagecodecs.jpeg2k_encode(page, level=0, codecformat="jp2"))
    yield "jpx.pdf", _pdf(page, "/JPXDecode", coded)
    lzw = bytes(imagecodecs.lzw_encode(raw))
    yield "lzw.pdf", _pdf(page, "/LZWDecode", lzw)
    yield (
        "fax.pdf",
        _pdf(grey, "/CCITTFaxDecode", _fax(grey), f"/K -1 /Columns {width} /Rows {height}", bits=1),
    )


def assemble(objects: Sequence[bytes]) -> bytes:
    """Return the objects, numbered from 1 and the catalogue first, as a PDF with its table of places."""
    out, places = bytearray(b"%PDF-1.6\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _pdf(page: NDArray[np.uint8], coding: str, data: bytes, parms: str = "", bits: int = 8) -> bytes:
    height, width = page.shape[:2]
    space = "/DeviceRGB" if page.ndim == 3 else "/DeviceGray"
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace {space} "
        f"/BitsPerComponent {bits} /Filter {coding} /DecodeParms << {parms} >> /Length {len(data)} >>"
    )
    paint = f"q {width / 2} 0 0 {height / 2} 0 0 cm /Im0 Do Q".encode()
    box = f"[0 0 {width / 2} {height / 2}]"
    resources = "/Resources << /XObject << /Im0 4 0 R >> >>"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 5 0 R {resources} >>".encode(),
            image.encode() + b"\nstream\n" + data + b"\nendstream",
            b"<< /Length %d >>\nstream\n" % len(paint) + paint + b"\nendstream",
        ]
    )


def _run_lengths(data: bytes) -> bytes:
    blocks = (data[at : at + 128] for at in range(0, len(data), 128))
    return b"".join(bytes([len(block) - 1]) + block for block in blocks) + b"\x80"


def _up_filtered(page: NDArray[np.uint8]) -> bytes:
    rows = page.reshape(len(page), -1)
    above = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    return b"".join(bytes([_PNG_UP]) + row.tobytes() for row in rows - above)


def _fax(grey: NDArray[np.uint8]) -> bytes:
    """Return the one G4 strip that libtiff writes for the page."""
    data = _saved(Image.fromarray(grey).convert("1"), "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(data)) as image:
        offset, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined] # TIFF has it
    return data[offset : offset + length]


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
