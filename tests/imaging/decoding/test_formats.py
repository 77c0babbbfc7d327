"""Every format that is taken gives the pixels that went in."""

import io

import imagecodecs
import numpy as np
import pypdfium2 as pdfium
import pytest
import tifffile
from PIL import Image, ImageCms

from imaging.decoding import decode, probe
from tests.imaging.drawn_files import jp2, lone_jpeg, multi_tiff, picture, saved, scans_pdf, strips_pdf

PAGE = picture()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (saved(PAGE, "PNG", dpi=(300, 300)), "image/png"),
        (saved(PAGE, "TIFF", dpi=(300, 300)), "image/tiff"),
        (saved(PAGE, "TIFF", dpi=(300, 300), compression="tiff_lzw"), "image/tiff"),
        (saved(PAGE, "TIFF", dpi=(300, 300), compression="tiff_adobe_deflate"), "image/tiff"),
        (saved(PAGE, "TIFF", dpi=(300, 300), big_tiff=True), "image/tiff"),
        (jp2(PAGE), "image/jp2"),
        (jp2(PAGE, "j2k"), "image/j2c"),
    ],
)
def test_lossless_formats_return_the_very_pixels(data: bytes, media_type: str) -> None:
    page = decode(data)
    np.testing.assert_array_equal(page.pixels, PAGE)
    assert page.media_type == media_type == probe(data).media_type
    assert (page.frame, page.frames) == (0, 1)
    assert page.ppi == pytest.approx(300, abs=0.1) or media_type in ("image/jp2", "image/j2c")
    assert (probe(data).width, probe(data).height) == (90, 120)


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0}, {"quality": 60}])
def test_jpeg_decodes_as_the_reference_decoder_does(options: dict[str, object]) -> None:
    data = saved(PAGE, "JPEG", dpi=(400, 400), **options)
    reference = np.asarray(Image.open(io.BytesIO(data))).astype(int)
    page = decode(data)
    assert np.abs(page.pixels - reference).max() <= 2
    assert page.ppi == 400


def test_an_unstated_resolution_stays_unknown() -> None:
    for data in (saved(PAGE, "JPEG"), saved(PAGE, "PNG"), jp2(PAGE)):
        assert decode(data).ppi is None


@pytest.mark.parametrize("bits", [12, 16])
def test_jpeg_2000_of_more_bits_is_scaled_to_8(bits: int) -> None:
    deep = (PAGE.astype(np.uint32) * (2**bits - 1) // 255).astype(np.uint16)
    assert np.abs(decode(jp2(deep, bitspersample=bits)).pixels.astype(int) - PAGE).max() <= 1


def test_jpeg_2000_states_its_resolution_in_a_box() -> None:
    data = jp2(PAGE)
    capture = (11811).to_bytes(2, "big") + (1).to_bytes(2, "big")
    resolution = b"\0\0\0\x1ares \0\0\0\x12resc" + capture + capture + b"\0\0"
    at = data.index(b"jp2h") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    header = (length + len(resolution)).to_bytes(4, "big") + data[at + 4 : at + length] + resolution
    page = decode(data[:at] + header + data[at + length :])
    assert page.ppi == pytest.approx(300, abs=0.1)
    np.testing.assert_array_equal(page.pixels, PAGE)


def test_sixteen_bit_samples_keep_their_high_byte() -> None:
    grey16 = PAGE[..., 0].astype(np.uint16) * 257
    colour16 = PAGE.astype(np.uint16) * 257
    for data in (
        imagecodecs.png_encode(grey16),
        imagecodecs.png_encode(colour16),
        _tiff(grey16),
        _tiff(colour16),
    ):
        pixels = decode(bytes(data)).pixels.astype(int)
        assert np.abs(pixels[..., 0] - PAGE[..., 0]).max() <= 1


def test_grey_palette_and_bitonal_become_rgb() -> None:
    grey = PAGE[..., 0]
    for data in (saved(grey, "PNG"), saved(grey, "TIFF"), jp2(grey), saved(grey, "JPEG", quality=100)):
        pixels = decode(data).pixels
        assert pixels.shape == (120, 90, 3)
        assert np.abs(pixels[..., 1].astype(int) - grey).max() <= 3
    palette = Image.fromarray(PAGE).quantize(32)
    wanted = np.asarray(palette.convert("RGB"))
    for kind in ("PNG", "TIFF"):
        buffer = io.BytesIO()
        palette.save(buffer, kind)
        np.testing.assert_array_equal(decode(buffer.getvalue()).pixels, wanted)
    bitonal = (grey > 120).astype(np.uint8) * 255
    fax = saved(bitonal, "TIFF", mode="1", compression="group4")
    np.testing.assert_array_equal(decode(fax).pixels[..., 0], bitonal)


def test_alpha_is_laid_on_white() -> None:
    clear = np.dstack([PAGE, np.full(PAGE.shape[:2], 255, dtype=np.uint8)])
    clear[60:, :, 3] = 0
    for data in (saved(clear, "PNG"), saved(clear, "TIFF"), jp2(clear)):
        pixels = decode(data).pixels
        np.testing.assert_array_equal(pixels[:60], PAGE[:60])
        assert (pixels[60:] == 255).all()


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_comes_out_in_about_the_same_colours(kind: str) -> None:
    flat = np.zeros((40, 60, 3), dtype=np.uint8)
    flat[:, :30], flat[:, 30:] = (250, 250, 250), (200, 30, 40)
    pixels = decode(saved(flat, kind, mode="CMYK")).pixels.astype(int)
    assert pixels[20, 10].min() > 220
    red, green, blue = pixels[20, 50]
    assert red > 140
    assert max(green, blue) < 110


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "progressive JPEG", "PNG", "TIFF", "deflated TIFF", "CMYK JPEG"])
def test_orientation_is_applied_to_pages_of_real_size(kind: str, orientation: int) -> None:
    large = picture(height=1501, width=1103)
    turn = {
        1: large,
        2: large[:, ::-1],
        3: large[::-1, ::-1],
        4: large[::-1],
        5: large.transpose(1, 0, 2),
        6: np.rot90(large, -1),
        7: large[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(large),
    }
    exif = Image.Exif()
    exif[274] = orientation
    options: dict[str, dict[str, object]] = {
        "JPEG": {"quality": 95, "subsampling": 0},
        "progressive JPEG": {"quality": 95, "progressive": True},
        "CMYK JPEG": {"quality": 95, "mode": "CMYK"},
        "deflated TIFF": {"compression": "tiff_adobe_deflate"},
    }
    data = saved(large, kind.split()[-1], exif=exif, **options.get(kind, {}))
    page, header = decode(data), probe(data)
    assert page.pixels.shape[:2] == (header.height, header.width)
    off = np.abs(page.pixels.astype(int) - turn[orientation]).mean()
    # Ink's colours come back about alike, far nearer still than any other way up: that is off by 40.
    assert off < (25 if kind == "CMYK JPEG" else 3)


def test_an_orientation_that_does_not_exist_is_none() -> None:
    exif = Image.Exif()
    exif[274] = 99
    np.testing.assert_array_equal(decode(saved(PAGE, "PNG", exif=exif)).pixels, PAGE)


def test_an_rgb_profile_is_kept_and_a_grey_one_is_not() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("PNG", "JPEG", "TIFF"):
        assert decode(saved(PAGE, kind, icc_profile=profile)).icc == profile
    assert decode(saved(PAGE, "PNG")).icc is None


def test_each_frame_of_a_tiff_is_a_page() -> None:
    pages = [picture(seed=seed, height=100 + 10 * seed) for seed in range(1, 6)]
    data = multi_tiff(pages, compression="tiff_lzw")
    assert probe(data).frames == 5
    for frame, wanted in enumerate(pages):
        page = decode(data, frame)
        assert (page.frame, page.frames) == (frame, 5)
        np.testing.assert_array_equal(page.pixels, wanted)


def test_reduced_copies_in_a_tiff_are_not_pages() -> None:
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        for page in (PAGE, PAGE[::-1]):
            writer.write(page, photometric="rgb", tile=(32, 32))
            writer.write(page[::2, ::2], photometric="rgb", subfiletype=1)
    data = buffer.getvalue()
    assert probe(data).frames == 2
    np.testing.assert_array_equal(decode(data, 1).pixels, PAGE[::-1])


def test_each_page_of_a_pdf_gives_its_scan_at_native_resolution() -> None:
    pages = [picture(seed=seed, width=80 + 10 * seed) for seed in (1, 2, 3)]
    data = scans_pdf(pages, ppi=150)
    assert probe(data).frames == 3
    for frame, drawn in enumerate(pages):
        page = decode(data, frame)
        assert page.pixels.shape == drawn.shape
        assert page.ppi == pytest.approx(150, abs=1)
        wanted = np.asarray(Image.open(io.BytesIO(lone_jpeg(drawn)))).astype(int)
        assert np.abs(page.pixels - wanted).mean() < 1


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGBA"])
def test_pdf_scans_in_grey_bitonal_palette_and_jpeg_2000(mode: str) -> None:
    image = Image.fromarray(PAGE).quantize(32) if mode == "P" else Image.fromarray(PAGE).convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, "PDF", resolution=300, **({} if mode == "1" else {"quality": 95}))
    page = decode(buffer.getvalue())
    assert page.ppi == pytest.approx(300, abs=1)
    assert np.abs(page.pixels.astype(int) - np.asarray(image.convert("RGB"))).mean() < 3


def test_a_pdf_page_of_several_strips_is_put_together() -> None:
    page = decode(strips_pdf(PAGE, 3))
    assert page.ppi == pytest.approx(300, abs=1)
    assert page.pixels.shape == PAGE.shape
    assert np.abs(page.pixels.astype(int) - PAGE).mean() < 2


def test_a_scan_held_by_a_form_keeps_its_resolution() -> None:
    source = pdfium.PdfDocument(scans_pdf([PAGE], ppi=150))
    document = pdfium.PdfDocument.new()
    form = source.page_as_xobject(0, document).as_pageobject()
    form.set_matrix(pdfium.PdfMatrix().scale(0.5, 0.5))
    page = document.new_page(90 * 72 / 300, 120 * 72 / 300)
    page.insert_obj(form)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    found = decode(buffer.getvalue())
    assert found.ppi == pytest.approx(300, abs=2)
    assert np.abs(found.pixels.astype(int) - PAGE).mean() < 4


def test_a_turned_pdf_page_comes_out_as_displayed() -> None:
    document = pdfium.PdfDocument(scans_pdf([PAGE], ppi=150))
    document[0].set_rotation(90)
    buffer = io.BytesIO()
    document.save(buffer)
    page = decode(buffer.getvalue())
    turned = np.rot90(PAGE, -1)
    assert page.pixels.shape == turned.shape
    assert np.abs(page.pixels.astype(int) - turned).mean() < 4


def _tiff(samples: np.ndarray[tuple[int, ...], np.dtype[np.uint16]]) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, samples, photometric="rgb" if samples.ndim == 3 else "minisblack")
    return buffer.getvalue()
