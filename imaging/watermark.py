"""Mark a page with who was shown it."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from imaging.arrays import Pixels

_SLANT_DEG = 30
_INK = 128  # reads on white paper and on black covers alike


def watermark(
    pixels: Pixels, lines: Sequence[str], font: bytes | None = None, strength: float = 0.22
) -> Pixels:
    """Return RGB pixels with the lines repeated faintly and aslant all over the page.

    `font` is a TrueType or OpenType file's bytes, needed for Chinese; Pillow's own font draws ASCII.
    The same input gives the same pixels.
    Raises: ValueError (letters that the built-in font lacks; a strength outside 0–1).
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"The strength must lie within 0 and 1, not {strength}.")
    text = "\n".join(lines)
    if font is None and not text.isascii():
        raise ValueError("The built-in font has ASCII only; give a font with these letters.")
    if not text.strip():
        return pixels.copy()
    share = _tiled(_stamp(text, font, max(14, max(pixels.shape[:2]) // 60)), pixels.shape[:2])
    weight = (share.astype(np.float32) * (strength / 255))[..., None]
    return np.asarray(pixels + (_INK - pixels.astype(np.float32)) * weight + 0.5, dtype=np.uint8)


def _stamp(text: str, font: bytes | None, size: int) -> Image.Image:
    """Return one aslant stamp, 255 where there is ink, with room around it."""
    face = ImageFont.truetype(io.BytesIO(font), size) if font else ImageFont.load_default(size)
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), text, face)
    room = size
    stamp = Image.new("L", (int(right - left) + 2 * room, int(bottom - top) + 2 * room))
    ImageDraw.Draw(stamp).multiline_text((room - left, room - top), text, 255, face, align="center")
    return stamp.rotate(_SLANT_DEG, Image.Resampling.BICUBIC, expand=True)


def _tiled(stamp: Image.Image, shape: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the stamp repeated over an area, every other column lowered by half."""
    tile = np.asarray(stamp)
    pair = np.hstack([tile, np.roll(tile, tile.shape[0] // 2, axis=0)])
    times = (-(-shape[0] // pair.shape[0]), -(-shape[1] // pair.shape[1]))
    return np.tile(pair, times)[: shape[0], : shape[1]]
