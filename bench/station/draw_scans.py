"""Small scans for the survival runs: each unlike the others, and quick to decode."""

import io

import cv2
import numpy as np
from PIL import Image


def draw_scan(seed: int, width: int = 620, height: int = 440, grain: int = 6) -> bytes:
    """Return a PNG of a ruled page with strokes of its own; `grain` in grey levels makes it bigger."""
    chance = np.random.default_rng(seed)
    page = np.full((height, width), 235, np.uint8)
    for x in np.linspace(20, width - 20, 9):
        cv2.line(page, (int(x), 20), (int(x), height - 20), 70, 2)
    for y in (20, height - 20):
        cv2.line(page, (20, y), (width - 20, y), 70, 2)
    for _ in range(160):
        x, y = int(chance.integers(30, width - 40)), int(chance.integers(30, height - 40))
        across, down = (int(value) for value in chance.integers(-14, 15, 2))
        cv2.line(page, (x, y), (x + across, y + down), int(chance.integers(10, 60)), 2)
    noisy = page.astype(np.int16) + chance.integers(-grain, grain + 1, page.shape)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(
        buffer, "PNG", dpi=(300, 300), compress_level=1
    )
    return buffer.getvalue()
