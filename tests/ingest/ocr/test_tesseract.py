"""What is Tesseract's own: a program that may die of a picture, and must not take the page with it."""

from pathlib import Path
from typing import NoReturn

import cv2
import numpy as np
import pytest
from pytesseract import TesseractError

from ingest.ocr.port import EngineMissing, Pixels, Reading
from ingest.ocr.tesseract import TesseractRecogniser
from tests.ingest.drawn_form import blank, write

DEADLY = Path(__file__).parent / "data" / "line_that_kills_tesseract.png"
"""An invented name on a badly drawn page (initial_registration_application, seed 2243, severity 3), black and
white: Tesseract 5.3.0 ends on it with a floating-point exception."""


def deadly() -> Pixels:
    return np.asarray(cv2.imread(str(DEADLY), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def printed(text: str) -> Pixels:
    return write(blank(110, 80 * len(text)), text, 15, 15, vertical=False)


def test_a_line_that_the_program_dies_of_takes_no_other_with_it() -> None:
    """Alone it reads as nothing, where this Tesseract dies of it; its neighbours read as ever.

    So do they where it is shown first: that one line died alone does not make the program a broken one.
    """
    crops = [printed("申請日期"), deadly(), printed("王小明"), printed("申請日期"), deadly()]
    readings = TesseractRecogniser().read_lines(crops, False)
    assert [readings[place].text for place in (0, 2, 3)] == ["申請日期", "王小明", "申請日期"]
    assert readings[1] == readings[4]
    turned = TesseractRecogniser().read_lines([crops[1], crops[0], crops[2], crops[4]], False)
    assert turned == [readings[1], readings[0], readings[2], readings[4]]


class _DiesOfAll(TesseractRecogniser):
    """Ends as told, whatever it is shown."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status, self.starts = status, 0

    def _words(self, pixels: Pixels | str, language: str, mode: int) -> NoReturn:
        self.starts += 1
        raise TesseractError(self.status, "")


@pytest.mark.parametrize(("status", "ended"), [(-8, "SIGFPE"), (-11, "SIGSEGV"), (-6, "SIGABRT")])
@pytest.mark.parametrize("lines", [3, 40])
def test_where_it_dies_of_every_line_it_is_not_usable(status: int, ended: str, lines: int) -> None:
    """It would make a page of empty readings, which looks as a blank one does; a few starts tell."""
    broken = _DiesOfAll(status)
    with pytest.raises(EngineMissing, match=rf"無法使用.*{ended}.*install"):
        broken.read_lines([blank(40, 90)] * lines, False)
    assert broken.starts == 4


@pytest.mark.parametrize("lines", [1, 2])
def test_one_line_or_two_that_it_dies_of_are_lost_and_logged(
    caplog: pytest.LogCaptureFixture, lines: int
) -> None:
    assert _DiesOfAll(-11).read_lines([blank(40, 90)] * lines, False) == [Reading("", 0.0)] * lines
    assert f"(SIGSEGV) of {lines} of {lines} lines" in caplog.text


def test_a_page_that_it_dies_of_is_told_as_an_engine_that_is_not_usable() -> None:
    with pytest.raises(EngineMissing, match=r"無法使用.*SIGABRT.*install"):
        _DiesOfAll(-6).read_page(np.dstack([blank(90, 90)] * 3))


@pytest.mark.parametrize("status", [1, -9, -15])
def test_other_ends_are_told(status: int) -> None:
    """A language that is missing, or a worker that is being stopped, is no line's fault."""
    with pytest.raises(TesseractError):
        _DiesOfAll(status).read_lines([blank(40, 90)] * 3, False)
    with pytest.raises(TesseractError):
        _DiesOfAll(status).read_page(np.dstack([blank(90, 90)] * 3))
