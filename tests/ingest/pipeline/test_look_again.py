"""A second engine's opinion stands beside the first."""

from collections.abc import Sequence

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
        self.asked = 0

    def usable(self) -> Usability:
        return Usability(True)

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        self.asked += len(crops)
        return [Reading(self.text, 0.8) for _ in crops]

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        return []


GRAY = np.full((200, 200), 230, np.uint8)


def test_only_doubtful_lines_are_asked_about() -> None:
    """The doubtful one gains an alternative; its text stays."""
    cells = [written("戶主", (0, 0, 50, 90), 0.99), written("尸主", (60, 0, 99, 90), 0.4)]
    second = Says("戶主")
    sure, doubtful = look_again(GRAY, cells, second, True, 0.5)
    assert second.asked == 1
    assert sure == cells[0]
    assert doubtful.text == "尸主"
    assert doubtful.alternatives[0][0] == "戶主"


def test_agreement_changes_nothing() -> None:
    """The same text is no alternative."""
    cells = [written("尸主", (60, 0, 99, 90), 0.4)]
    assert look_again(GRAY, cells, Says("尸主"), True, 0.5) == tuple(cells)


def test_the_second_engine_at_work_reads_the_doubtful_line_itself() -> None:
    """Tesseract on a printed line that the first engine misread: the right text becomes an alternative."""
    line = write(blank(110, 320), "申請日期", 15, 15, vertical=False)
    height, width = line.shape
    misread = written("甲請日期", (0, 0, width, height), 0.3)
    (cell,) = look_again(line, [misread], TesseractRecogniser(), False, 0.5)
    (reading,) = cell.readings
    assert reading.text == "甲請日期"
    assert "申請日期" in [text for text, _ in reading.alternatives]
