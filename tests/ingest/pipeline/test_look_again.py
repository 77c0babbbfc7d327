"""A second engine's opinion stands beside the first."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.ocr.port import Pixels, Reading, TextLine, Usability
from ingest.ocr.tesseract import TesseractRecogniser
from ingest.pipeline.look_again import look_again
from tests.ingest.drawn_form import blank, write
from tests.ingest.pipeline.written import written


class Says:
    """An engine that reads one thing everywhere, and counts what it is asked."""

    name = "says"

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[bool] = []

    def usable(self) -> Usability:
        return Usability(True)

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        self.asked += [vertical] * len(crops)
        return [Reading(self.text, 0.8) for _ in crops]

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        return []


GRAY = np.full((200, 200), 230, np.uint8)


def test_only_doubtful_lines_are_asked_about() -> None:
    """The doubtful one gains an alternative; its text stays."""
    cells = [written("戶主", (0, 0, 50, 90), 0.99), written("尸主", (60, 0, 99, 90), 0.4)]
    second = Says("戶主")
    sure, doubtful = look_again(GRAY, cells, {0, 1}, second, True, 0.5)
    assert second.asked == [True]
    assert sure == cells[0]
    assert doubtful.text == "尸主"
    assert doubtful.alternatives[0][0] == "戶主"
    assert (sure.second, doubtful.second) == (None, "differs")


def test_cells_that_are_no_field_are_not_asked_about() -> None:
    """A doubtful label is none of the second engine's business."""
    cells = [written("尸主", (0, 0, 50, 90), 0.4), written("尸主", (60, 0, 99, 90), 0.4)]
    second = Says("戶主")
    label, field = look_again(GRAY, cells, {1}, second, True, 0.5)
    assert (len(second.asked), label, field.second) == (1, cells[0], "differs")


def test_agreement_changes_no_reading() -> None:
    """The same text is no alternative; that it is the same is kept."""
    cells = [written("尸主", (60, 0, 99, 90), 0.4)]
    (agreed,) = look_again(GRAY, cells, {0}, Says("尸主"), True, 0.5)
    assert agreed == replace(cells[0], second="agrees")


def test_another_form_of_the_same_characters_agrees_and_stands_beside() -> None:
    """黄 and 黃 are one name to whoever judges, and two texts to whoever chooses."""
    (agreed,) = look_again(GRAY, [written("黄阿水", (60, 0, 99, 90), 0.4)], {0}, Says("黃阿水"), True, 0.5)
    assert (agreed.second, agreed.alternatives[0][0]) == ("agrees", "黃阿水")


def test_one_that_reads_nothing_has_no_opinion() -> None:
    """Neither for nor against."""
    cells = [written("尸主", (60, 0, 99, 90), 0.4)]
    assert look_again(GRAY, cells, {0}, Says(""), True, 0.5) == tuple(cells)


def test_figures_that_lie_on_a_form_written_downwards_are_read_across() -> None:
    """Each line as it lies."""
    second = Says("戶主")
    cells = [written("尸主", (0, 0, 50, 90), 0.4), written("A123", (60, 0, 190, 30), 0.4)]
    look_again(GRAY, cells, {0, 1}, second, True, 0.5)
    assert second.asked == [True, False]


def test_the_second_engine_at_work_reads_the_doubtful_line_itself() -> None:
    """Tesseract on a printed line that the first engine misread: the right text becomes an alternative."""
    line = write(blank(110, 320), "申請日期", 15, 15, vertical=False)
    height, width = line.shape
    misread = written("甲請日期", (0, 0, width, height), 0.3)
    (cell,) = look_again(line, [misread], {0}, TesseractRecogniser(), False, 0.5)
    (reading,) = cell.readings
    assert reading.text == "甲請日期"
    assert "申請日期" in [text for text, _ in reading.alternatives]


def test_the_second_reading_pushes_out_none_of_the_first_ones() -> None:
    """However sure the second engine is."""
    others = [("戸主", 0.2), ("声主", 0.1), ("芦主", 0.1), ("炉主", 0.1)]
    cells = [written("尸主", (60, 0, 99, 90), 0.4, others)]
    (doubtful,) = look_again(GRAY, cells, {0}, Says("戶主"), True, 0.5)
    assert {text for text, _ in doubtful.alternatives} == {"戶主", *(text for text, _ in others)}
