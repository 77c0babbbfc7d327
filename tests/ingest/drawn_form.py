"""Draws ruled forms of exactly known geometry, and writing in them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.pages.find_faces import choose_face

PAPER, INK = 225, 60
Gray = NDArray[np.uint8]


def blank(height: int = 1240, width: int = 1754) -> Gray:
    """Paper with a little grain."""
    grain = np.random.default_rng(7).normal(PAPER, 2, (height, width))
    return np.clip(grain, 0, 255).astype(np.uint8)


def rule(
    page: Gray, columns: Sequence[int], rows: Sequence[int], thickness: int = 3, level: int = INK
) -> Gray:
    """Rule the whole grid onto a copy of the page; positions are the middles of the lines."""
    ruled, half = page.copy(), thickness // 2
    for x in columns:
        ruled[rows[0] - half : rows[-1] + half + 1, x - half : x + half + 1] = level
    for y in rows:
        ruled[y - half : y + half + 1, columns[0] - half : columns[-1] + half + 1] = level
    return ruled


def wipe(page: Gray, x0: int, y0: int, x1: int, y1: int) -> Gray:
    """Take what is drawn within a box away from a copy of the page."""
    wiped = page.copy()
    wiped[y0:y1, x0:x1] = PAPER
    return wiped


def write(page: Gray, text: str, left: int, top: int, size: int = 60, vertical: bool = True) -> Gray:
    """Write on a copy of the page in a printed face, glyph by glyph."""
    face = choose_face("print", "noto-serif")
    font = ImageFont.truetype(str(face.path), size, index=face.index)
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    step = round(size * 1.15)
    for number, glyph in enumerate(text):
        at = (left, top + number * step) if vertical else (left + number * step, top)
        pen.text(at, glyph, fill=40, font=font)
    return np.asarray(image)


def stain(page: Gray, x: int, y: int, radius: int, depth: int = 50) -> Gray:
    """Darken a soft round patch of a copy of the page."""
    patch = np.zeros(page.shape, np.float32)
    cv2.circle(patch, (x, y), radius, float(depth), -1)
    soft = cv2.GaussianBlur(patch, (0, 0), radius / 4)
    return np.clip(page - soft, 0, 255).astype(np.uint8)
