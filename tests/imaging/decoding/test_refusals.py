"""Whatever is not a whole, honest image is refused, with a reason in both languages."""

import contextlib
import io
import re
import time
import tracemalloc

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from imaging.decoding import Limits, RefusedImage, decode, probe
from tests.imaging.drawn_files import (
    bomb_png,
    empty_pdf,
    jp2,
    multi_tiff,
    picture,
    saved,
    scans_pdf,
    strips_pdf,
)

PAGE = picture(300, 200)
WHOLE = {
    "jpeg": saved(PAGE, "JPEG"),
    "progressive": saved(PAGE, "JPEG", progressive=True),
    "png": saved(PAGE, "PNG"),
    "tiff": saved(PAGE, "TIFF"),
    "lzw": saved(PAGE, "TIFF", compression="tiff_lzw"),
    "jpeg in tiff": saved(PAGE, "TIFF", compression="jpeg"),
    "frames": multi_tiff([PAGE, PAGE[::-1]]),
    "jp2": jp2(PAGE),
    "j2k": jp2(PAGE, "j2k"),
    "pdf": scans_pdf([PAGE, PAGE[::-1]]),
}
PASSWORD_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
)


def refusal(data: bytes, **options: object) -> RefusedImage:
    with pytest.raises(RefusedImage) as caught:
        decode(data, **options)  # type: ignore[arg-type] # one helper for frame and limits
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.zh)
    assert caught.value.en.isascii() or "–" in caught.value.en
    assert caught.value.en.endswith(".")
    return caught.value


def test_an_empty_file_is_named_so() -> None:
    assert refusal(b"").code == "empty"


@pytest.mark.parametrize("cut", [0.05, 0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_file_cut_short_is_truncated_at_every_length(kind: str, cut: float) -> None:
    assert refusal(WHOLE[kind][: int(len(WHOLE[kind]) * cut)]).code == "truncated"


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "tiff", "lzw", "jp2", "j2k"])
def test_even_the_last_two_bytes_count(kind: str) -> None:
    assert refusal(WHOLE[kind][:-2]).code == "truncated"


def test_a_cut_jpeg_with_an_end_marker_put_back_is_refused() -> None:
    data = WHOLE["jpeg"]
    assert refusal(data[: len(data) // 2] + b"\xff\xd9").code == "truncated"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1, exclude_max=True))
def test_no_cut_is_ever_half_decoded(kind: str, cut: float) -> None:
    data = WHOLE[kind]
    with pytest.raises(RefusedImage):
        # Writers pad a file's end by up to 16 bytes, which nothing depends on.
        decode(data[: int((len(data) - 16) * cut)])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_decoded_whole_but_never_crashes(
    kind: str, where: float, flip: int
) -> None:
    data = bytearray(WHOLE[kind])
    data[int(len(data) * where)] ^= flip
    with contextlib.suppress(RefusedImage):
        page = decode(bytes(data), limits=Limits(max_pixels=4_000_000))
        assert page.pixels.ndim == 3
        assert page.pixels.dtype == np.uint8


def test_a_changed_byte_in_a_png_breaks_its_checksum() -> None:
    data = bytearray(WHOLE["png"])
    data[len(data) // 2] ^= 0x10
    assert refusal(bytes(data)).code == "damaged"


def test_text_renamed_jpg_is_mislabelled() -> None:
    with pytest.raises(RefusedImage) as caught:
        probe("戶口調查簿".encode(), "page.JPG")
    assert caught.value.code == "mislabelled"
    assert ".jpg" in caught.value.zh
    assert refusal(b"just text").code == "not_an_image"


def test_one_format_under_anothers_name_is_mislabelled_and_told_the_right_one() -> None:
    with pytest.raises(RefusedImage) as caught:
        probe(WHOLE["png"], "0001.tif")
    assert caught.value.code == "mislabelled"
    assert ".png" in caught.value.en
    for name in ("a.jpg", "a.JPEG", "a", "a.0001"):
        assert probe(WHOLE["jpeg"], name).media_type == "image/jpeg"


def test_a_pixel_bomb_is_refused_from_its_header() -> None:
    data = bomb_png(60_000)
    tracemalloc.start()
    started = time.perf_counter()
    assert refusal(data).code == "too_large"
    with pytest.raises(RefusedImage):
        probe(data)
    assert time.perf_counter() - started < 0.5
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_every_limit_holds() -> None:
    data = WHOLE["png"]
    assert refusal(data, limits=Limits(max_pixels=59_999)).code == "too_large"
    assert refusal(data, limits=Limits(max_side=299)).code == "too_large"
    assert refusal(data, limits=Limits(max_bytes=100)).code == "too_large"
    assert refusal(WHOLE["frames"], limits=Limits(max_frames=1)).code == "too_large"
    assert refusal(WHOLE["pdf"], limits=Limits(max_frames=1)).code == "too_large"
    for kind in ("jpeg", "tiff", "jp2", "j2k", "pdf"):
        assert refusal(WHOLE[kind], limits=Limits(max_pixels=59_999)).code == "too_large"


@pytest.mark.parametrize(("kind", "frame"), [("jpeg", 1), ("frames", 2), ("pdf", 2), ("png", -1)])
def test_a_frame_that_is_not_there_is_named_so(kind: str, frame: int) -> None:
    assert refusal(WHOLE[kind], frame=frame).code == "no_such_frame"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "WEBP"])
def test_other_image_formats_are_unsupported(kind: str) -> None:
    assert refusal(saved(PAGE, kind)).code == "unsupported"


def test_a_pdf_page_without_a_scan_is_unsupported() -> None:
    assert refusal(empty_pdf()).code == "unsupported"


@pytest.mark.parametrize("data", [strips_pdf(PAGE, 2), WHOLE["pdf"]])
def test_a_pdf_whose_image_stream_breaks_off_is_damaged(data: bytes) -> None:
    image = re.search(rb"/Subtype ?/Image", data)
    assert image is not None
    start = data.index(b"stream", image.end()) + 8
    end = data.index(b"endstream", start)
    middle = (start + end) // 2
    assert refusal(data[:middle] + b"\xff\xd9" + bytes(end - middle - 2) + data[end:]).code == "damaged"


def test_floating_point_tiff_is_unsupported() -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.ones((20, 20), dtype=np.float32)).save(buffer, "TIFF")
    assert refusal(buffer.getvalue()).code == "unsupported"


def test_a_pdf_that_needs_a_password_is_encrypted() -> None:
    at = len(PASSWORD_PDF)
    offsets = [PASSWORD_PDF.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % each for each in offsets)
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<aa><aa>]>>\nstartxref\n%d\n%%%%EOF\n" % at
    assert refusal(PASSWORD_PDF + table + trailer).code == "encrypted"


def test_a_loop_of_tiff_directories_ends() -> None:
    data = bytearray(WHOLE["tiff"])
    at = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[at : at + 2], "little")
    data[at + 2 + 12 * count : at + 6 + 12 * count] = at.to_bytes(4, "little")
    assert refusal(bytes(data)).code == "damaged"


def test_the_whole_files_do_decode() -> None:
    for data in WHOLE.values():
        assert decode(data).pixels.shape == (300, 200, 3)
    assert len(pdfium.PdfDocument(WHOLE["pdf"])) == 2
