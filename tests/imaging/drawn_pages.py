"""Pages drawn with a known skew: vector shapes are turned before they are drawn, so the truth is exact."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
_FINENESS = 8  # OpenCV draws with 3 fractional bits


def ruled_form(
    angle_deg: float,
    size: tuple[int, int] = (2480, 3508),
    columns: int = 11,
    rows: int = 7,
    writing: int = 900,
    seed: int = 0,
    tone: int = 225,
    ink: int = 60,
    thickness: int = 3,
    blur: float = 0.8,
    noise: float = 3.0,
    stains: int = 3,
) -> Gray:
    """A ruled form of (width, height), turned counter-clockwise as seen by `angle_deg`."""
    rng = np.random.default_rng(seed)
    width, height = size
    page = np.full((height, width), tone, np.uint8)
    for _ in range(stains):
        centre = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        cv2.circle(page, centre, int(rng.uniform(0.03, 0.12) * width), int(tone - rng.uniform(10, 60)), -1)
    left, right, top, bottom = 0.1 * width, 0.9 * width, 0.1 * height, 0.9 * height
    lines = [(left, y, right, y) for y in np.linspace(top, bottom, rows)]
    lines += [(x, top, x, bottom) for x in np.linspace(left, right, columns)]
    for line in lines:
        draw_stroke(page, np.array(line), angle_deg, ink, thickness)
    for _ in range(writing):
        start = rng.uniform((left, top), (right, bottom))
        stroke = np.concatenate([start, start + rng.normal(0, 0.012 * height, 2)])
        draw_stroke(page, stroke, angle_deg, int(rng.uniform(20, 110)), thickness + 1)
    return worn(page, blur, noise, rng)


def text_page(
    angle_deg: float,
    size: tuple[int, int] = (2480, 3508),
    upright: bool = False,
    seed: int = 0,
    pitch: int = 80,
) -> Gray:
    """An unruled page of made-up characters in lines (or columns), turned as `ruled_form` is."""
    rng = np.random.default_rng(seed)
    width, height = size
    page = np.full((height, width), 228, np.uint8)
    length = (0.8 * height, 0.8 * width) if upright else (0.8 * width, 0.8 * height)
    for along in np.arange(0, length[0] - 50, 56):
        for line in np.arange(0, length[1] - 50, pitch):
            if rng.random() < 0.12:
                continue
            place = np.array([line, along] if upright else [along, line])
            origin = place + np.array([0.1 * width, 0.1 * height])
            for _ in range(5):
                ends = origin + rng.uniform(0, 44, (2, 2))
                draw_stroke(page, ends.ravel(), angle_deg, 50, 4)
    return worn(page, 0.8, 3.0, rng)


def draw_stroke(page: Gray, ends: NDArray[Any], angle_deg: float, ink: int, thickness: int) -> None:
    """Draw one stroke (x0, y0, x1, y1) turned about the page's middle, to an eighth of a pixel."""
    height, width = page.shape
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    middle = np.array([width / 2, height / 2])
    turned = (ends.reshape(2, 2) - middle) @ np.array([[cos, -sin], [sin, cos]]) + middle
    first, last = np.round(turned * _FINENESS).astype(int).tolist()
    cv2.line(page, first, last, ink, thickness, cv2.LINE_AA, 3)


def worn(page: Gray, blur: float, noise: float, rng: np.random.Generator) -> Gray:
    """The page as a scanner sees it."""
    soft = cv2.GaussianBlur(page, (0, 0), blur) if blur else page
    grain = np.empty(page.shape, np.int16)
    cv2.setRNGSeed(int(rng.integers(1 << 30)))
    cv2.randn(grain, 0, noise)
    return np.clip(soft + grain, 0, 255).astype(np.uint8)
