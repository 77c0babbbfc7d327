"""No size of image and no content is an error, from decoding to the description."""

import io
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from domain.series import load_series
from huji.inspect.inspect_file import InspectSettings, inspect_file
from imaging.decoding import decode
from imaging.quality import assess
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from ingest.pipeline.straighten_page import straighten_page

SIZES = [
    (1, 1),
    (8, 8),
    (2, 400),
    (400, 2),
    (31, 17),
    (3, 20_000),
    (20_000, 3),
    (1, 32_000),
    (10, 3_508),
    (120, 12_000),
    (12_000, 120),
    (266, 400),
]


def _drawn(size: tuple[int, int], content: str) -> NDArray[np.uint8]:
    page = np.full((*size, 3), {"black": 0}.get(content, 235), np.uint8)
    if content == "noise":
        page[:] = np.random.default_rng(5).integers(0, 256, page.shape, dtype=np.uint8)
    elif content == "part":
        page[: size[0] // 3 + 1, : size[1] // 3 + 1] = 30
    elif content == "ruled":
        page[::7], page[:, ::9] = 40, 40
    return page


@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from(["white", "black", "noise", "part", "ruled"]),
)
@settings(max_examples=150, deadline=None)
def test_small_images_are_straightened_and_judged(size: tuple[int, int], content: str) -> None:
    buffer = io.BytesIO()
    Image.fromarray(_drawn(size, content)).save(buffer, "PNG")
    decoded = decode(buffer.getvalue())
    page = straighten_page(decoded.pixels)
    assert assess(decoded.pixels, decoded.ppi, page.skew, None, page.crop, page.gutter)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", ["white", "noise", "part"])
def test_every_size_is_described(size: tuple[int, int], content: str, tmp_path: Path) -> None:
    Image.fromarray(_drawn(size, content)).save(tmp_path / "odd.png")
    with closing(LimitedDecoder()) as decoder:
        readers = Readers(choose_engines()[0])
        described = inspect_file(
            tmp_path / "odd.png",
            InspectSettings(
                load_series("colonial_register"), readers, tmp_path / "seen", tmp_path, decoder=decoder
            ),
        )
    assert described["error"] is None
    assert {path.name for path in tmp_path.iterdir()} == {"odd.png", "odd.xml", "seen"}
