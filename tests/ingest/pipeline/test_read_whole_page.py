"""A page without a form is read line by line, a very large one at a size that memory allows."""

import numpy as np
import pytest

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
