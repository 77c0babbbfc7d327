"""What is Tesseract's own: a program that may die of a picture, and must not take the page with it."""

from pathlib import Path
from typing import NoReturn

import cv2
import numpy as np
import pytest
from pytesseract import TesseractError

from ingest.ocr.port import Pixels, Reading
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
    """Alone it reads as nothing, where this Tesseract dies of it; its neighbours read as ever."""
    crops = [printed("申請日期"), deadly(), printed("王小明"), printed("申請日期"), deadly()]
    readings = TesseractRecogniser().read_lines(crops, False)
    assert [readings[place].text for place in (0, 2, 3)] == ["申請日期", "王小明", "申請日期"]
    assert readings[1] == readings[4]


class _DiesOfAll(TesseractRecogniser):
    """Ends as told, whatever it is shown."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status

    def _words(self, pixels: Pixels | str, language: str, mode: int) -> NoReturn:
        raise TesseractError(self.status, "")


@pytest.mark.parametrize("status", [-8, -11, -6])
def test_where_it_dies_of_every_line_nothing_is_read(status: int) -> None:
    assert _DiesOfAll(status).read_lines([blank(40, 90)] * 3, False) == [Reading("", 0.0)] * 3


@pytest.mark.parametrize("status", [1, -9, -15])
def test_other_ends_are_told(status: int) -> None:
    """A language that is missing, or a worker that is being stopped, is no line's fault."""
    with pytest.raises(TesseractError):
        _DiesOfAll(status).read_lines([blank(40, 90)] * 3, False)
