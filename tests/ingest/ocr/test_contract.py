"""What the port promises, asked of both real engines."""

import numpy as np
import pytest

from ingest.ocr.port import Recogniser
from ingest.ocr.rapid import RapidRecogniser
from ingest.ocr.tesseract import TesseractRecogniser
from tests.ingest.drawn_form import Gray, blank, write

TEXTS = ("申請日期", "王小明")


@pytest.fixture(params=[RapidRecogniser, TesseractRecogniser], scope="module")
def engine(request: pytest.FixtureRequest) -> Recogniser:
    made: Recogniser = request.param()
    return made


def line(text: str, vertical: bool) -> Gray:
    if vertical:
        return write(blank(80 * len(text), 110), text, 22, 10)
    return write(blank(110, 80 * len(text)), text, 15, 15, vertical=False)


def test_it_is_usable_here(engine: Recogniser) -> None:
    """The installation the project asks for is enough, and nothing is missing."""
    assert engine.usable().ok
    assert engine.usable().what_to_install == ""
    assert engine.name in ("rapidocr", "tesseract")


@pytest.mark.parametrize("vertical", [True, False])
def test_it_reads_printed_lines_in_the_order_given(engine: Recogniser, vertical: bool) -> None:
    """One reading a crop, whatever their widths."""
    crops = [line(text, vertical) for text in (*TEXTS, TEXTS[0])]
    readings = engine.read_lines(crops, vertical)
    assert [reading.text for reading in readings] == [*TEXTS, TEXTS[0]]
    assert all(0 < reading.confidence <= 1 for reading in readings)


def test_it_reads_colour_as_grey(engine: Recogniser) -> None:
    """A crop may be H × W or H × W × 3."""
    gray = line(TEXTS[0], False)
    (reading,) = engine.read_lines([np.dstack([gray] * 3)], False)
    assert reading.text == TEXTS[0]


def test_nothing_gives_nothing(engine: Recogniser) -> None:
    """No crops, no readings; blank paper, no text and no confidence."""
    assert engine.read_lines([], True) == []
    (reading,) = engine.read_lines([blank(90, 300)], False)
    assert (reading.text, reading.confidence) == ("", 0.0)


def test_a_line_that_cannot_be_read_moves_no_other(engine: Recogniser) -> None:
    """Blank paper and a scrap of a few pixels, between lines that read well."""
    crops = [line(TEXTS[0], False), blank(90, 300), blank(3, 2), line(TEXTS[1], False)]
    readings = engine.read_lines(crops, False)
    assert [readings[place].text for place in (0, 1, 3)] == [TEXTS[0], "", TEXTS[1]]
    assert readings[2].confidence < 0.5


def test_alternatives_are_other_texts_likeliest_first(engine: Recogniser) -> None:
    """The text itself is none of its alternatives."""
    for reading in engine.read_lines([line(text, True) for text in TEXTS], True):
        texts = [text for text, _ in reading.alternatives]
        chances = [chance for _, chance in reading.alternatives]
        assert reading.text not in texts
        assert chances == sorted(chances, reverse=True)


def test_it_finds_the_lines_of_a_page(engine: Recogniser) -> None:
    """Two lines, each in a box round it."""
    page = write(blank(400, 900), "戶籍登記申請書", 100, 60, vertical=False)
    page = write(page, "申請日期民國九十年", 100, 220, vertical=False)
    lines = sorted(engine.read_page(np.dstack([page] * 3)), key=lambda one: one.box[1])
    assert [one.text for one in lines] == ["戶籍登記申請書", "申請日期民國九十年"]
    assert np.allclose(lines[0].box, (100, 66, 576, 150), atol=24)
    assert not any(one.vertical for one in lines)
