"""Page numbers outside the form: read whole, in every way they are written, or not at all."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from bench.quality.read_numbers import numbered_pages, outcome, read_number
from ingest.ocr.port import Reading
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.read_designation import find_margin_lines, is_page_number, read_designation
from ingest.pipeline.results import Box

FORM: Box = (200, 300, 1800, 1200)
READER = RapidRecogniser()


def paper(*texts: tuple[str, int, int]) -> np.ndarray:
    page = np.full((1500, 2000), 225, np.uint8)
    cv2.rectangle(page, FORM[:2], FORM[2:], 40, 4)
    for text, x, y in texts:
        cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.8, 30, 4, cv2.LINE_AA)
    return page


def read(page: np.ndarray) -> str | None:
    value = read_designation(page, FORM, READER, lambda box: box)
    return None if value is None else value.text


def test_every_page_number_of_the_generator_is_read_or_left() -> None:
    came = [outcome(truth, read_number(pixels)) for pixels, truth in numbered_pages(3, 41, 1)]
    assert "wrong" not in came
    assert came.count("right") >= 2


def test_a_number_of_several_digits_is_one_line() -> None:
    page = paper(("287", 900, 1300))
    (line,) = find_margin_lines(page, FORM)
    assert line[2] - line[0] > 80
    assert read(page) == "287"


def test_numbers_that_differ_are_none() -> None:
    assert read(paper(("12", 500, 1300), ("31", 1500, 1300))) is None


def test_a_title_in_the_margin_is_read_only_where_no_short_line_is_plainly_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[int] = []
    whole = RapidRecogniser.read_lines

    def noted(self: RapidRecogniser, crops: Sequence[np.ndarray], vertical: bool) -> list[Reading]:
        shown.extend(crop.shape[1] for crop in crops)
        return whole(self, crops, vertical)

    monkeypatch.setattr(RapidRecogniser, "read_lines", noted)
    title = ("REGISTER OF HOUSES", 300, 1300)
    assert read(paper(("287", 1300, 1300), title)) == "287"
    assert max(shown) < 200
    shown.clear()
    assert read(paper(("7", 1300, 1300), title)) == "7"
    assert max(shown) > 400


def test_a_page_without_a_number_or_a_form_has_none() -> None:
    assert read(paper()) is None
    assert read_designation(paper(("12", 900, 1300)), None, READER, lambda box: box) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("12", True), ("第十二頁", True), ("第 9 頁", True), ("戶口", False), ("12甲乙", False)],
)
def test_only_what_is_wholly_a_page_number_counts(text: str, is_one: bool) -> None:
    assert is_page_number(text) is is_one
