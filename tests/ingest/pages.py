"""Small register pages, drawn by the project itself, for tests that run the real pipeline."""

import functools
import io

import numpy as np
from PIL import Image

from bench.pages import PageSpec, PageTruth, draw_page

WIDTH, HEIGHT = 1754, 1240


@functools.cache
def small_page(seed: int) -> tuple[bytes, PageTruth]:
    """Return a page of a few persons as a PNG, and what is on it; the same page is drawn once."""
    spec = PageSpec(file=f"{seed}.png", width=WIDTH, height=HEIGHT, columns=7, persons=3, skew_deg=0.7)
    pixels, truth = draw_page(spec, np.random.default_rng(seed))
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(pixels, dtype=np.uint8)).save(
        buffer, "PNG", dpi=(spec.ppi, spec.ppi), compress_level=1
    )
    return buffer.getvalue(), truth
