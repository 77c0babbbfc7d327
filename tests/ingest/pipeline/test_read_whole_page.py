"""A page without a form is read line by line, a very large one at a size that memory allows."""

import cv2
import numpy as np
import pytest

from imaging.arrays import Pixels
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline import read_whole_page as reading
from tests.ingest.drawn_form import blank, write


@pytest.mark.parametrize("longest", [900, 6000])
def test_boxes_are_in_the_pixels_of_the_page(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is read smaller than it is has the same text at the same places."""
    monkeypatch.setattr(reading, "LONGEST", longest)
    gray = write(blank(1800, 2400), "戶籍登記申請書", 400, 1200, vertical=False)
    drawn = np.argwhere(gray < 128)
    (y0, x0), (y1, x1) = drawn.min(axis=0), drawn.max(axis=0)
    (line,) = reading.read_whole_page(np.dstack([gray] * 3), RapidRecogniser(), lambda box: box).lines
    assert line.text == "戶籍登記申請書"
    assert line.box == pytest.approx((x0, y0, x1, y1), abs=40)


def bare(stains: int = 0) -> Pixels:
    """The back of a leaf as it is scanned: paper, its grain, stains, specks of dust."""
    rng = np.random.default_rng(stains)
    tone = np.full((2480, 3508), 230, np.float32)
    for _ in range(stains):
        x, y = int(rng.integers(3508)), int(rng.integers(2480))
        cv2.circle(tone, (x, y), int(rng.integers(20, 90)), 205, -1)
    tone = np.asarray(cv2.GaussianBlur(tone, (0, 0), 12), np.float32)
    for _ in range(10 * stains):
        tone[int(rng.integers(2400)), int(rng.integers(3400))] = 90
    grain = rng.normal(0, 2.5, tone.shape)
    return np.dstack([np.clip(tone + grain, 0, 255).astype(np.uint8)] * 3)


@pytest.mark.parametrize("stains", [0, 6])
def test_no_line_is_sought_on_a_bare_page(stains: int) -> None:
    """Not so much as the detector is loaded: it would find lines in the grain, and try to read them."""
    recogniser = RapidRecogniser()
    content = reading.read_whole_page(bare(stains), recogniser, lambda box: box)
    assert (content.lines, content.text) == ((), "")
    assert recogniser._detector is None


@pytest.mark.parametrize(("text", "x", "y"), [("白紙", 3000, 2200), ("七", 40, 60), ("以下空白", 1700, 1200)])
def test_a_word_on_a_page_that_is_bare_otherwise_is_read_in_its_place(text: str, x: int, y: int) -> None:
    gray = write(bare(0)[:, :, 0].copy(), text, x, y, vertical=False)
    (line,) = reading.read_whole_page(np.dstack([gray] * 3), RapidRecogniser(), lambda box: box).lines
    assert line.text == text
    assert line.box[0] == pytest.approx(x, abs=40)
    assert line.box[1] == pytest.approx(y, abs=40)
