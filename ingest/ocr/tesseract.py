"""Tesseract through pytesseract: the engine where RapidOCR is forbidden, and a second opinion where asked."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2

from ingest.ocr.port import EngineMissing, Pixels, Reading, TextLine, Usability
from ingest.ocr.read_apart import ProgramDied, read_apart

PACKAGES = "tesseract-ocr tesseract-ocr-chi-tra tesseract-ocr-chi-tra-vert"
UPRIGHT, LYING = "chi_tra_vert", "chi_tra"
SINGLE_COLUMN, SINGLE_LINE, AUTOMATIC = 5, 7, 3
"""Tesseract's page segmentation modes: a column of vertical text, a line, a whole page."""
MARGIN = 12
"""White paper that Tesseract wants round a line, in pixels."""
FAULTS = (-signal.SIGFPE, -signal.SIGSEGV, -signal.SIGABRT)
"""How the program ends where it dies of a picture: it takes a floating-point exception for a reason to."""


@dataclass(frozen=True, slots=True)
class _Word:
    page: int
    line: tuple[int, int, int]
    box: tuple[int, int, int, int]
    text: str
    confidence: float


class TesseractRecogniser:
    """Reads by running the `tesseract` program once for all lines, or once a page and direction."""

    name = "tesseract"

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads

    def usable(self) -> Usability:
        """Say whether the wrapper, the program and its two languages are there."""
        if find_spec("pytesseract") is None:
            return Usability(False, "pip install pytesseract")
        if shutil.which("tesseract") is None or not {UPRIGHT, LYING} <= self._languages:
            return Usability(False, f"apt-get install {PACKAGES}")
        return Usability(True)

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        """Read one line a crop; see the port."""
        self._require()
        if not crops:
            return []
        language, mode = (UPRIGHT, SINGLE_COLUMN) if vertical else (LYING, SINGLE_LINE)
        with TemporaryDirectory(prefix="huji-lines-") as folder, _told_where_broken():
            files = _saved(crops, Path(folder))
            return read_apart(files, lambda some: self._read_files(some, language, mode))

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        """Read a page as vertical and as horizontal writing, and keep the surer; see the port."""
        self._require()
        with _told_where_broken():
            readings = [self._page(rgb, vertical) for vertical in (True, False)]
        return max(readings, key=lambda lines: sum(line.confidence * len(line.text) for line in lines))

    def _read_files(self, files: Sequence[Path], language: str, mode: int) -> list[Reading]:
        """Read one line a file."""
        words = self._show(_listed(files), language, mode)
        return [
            _reading([word for word in words if word.page == number]) for number in range(1, len(files) + 1)
        ]

    def _require(self) -> None:
        usability = self.usable()
        if not usability.ok:
            raise EngineMissing(f"缺少辨識引擎 Tesseract is not usable; install: {usability.what_to_install}")

    @cached_property
    def _languages(self) -> set[str]:
        from pytesseract import get_languages

        return set(get_languages())

    def _page(self, rgb: Pixels, vertical: bool) -> list[TextLine]:
        words = self._show(rgb, UPRIGHT if vertical else LYING, AUTOMATIC)
        lines = {word.line: [one for one in words if one.line == word.line] for word in words}
        return [_text_line(line, vertical) for line in lines.values()]

    def _show(self, pixels: Pixels | str, language: str, mode: int) -> list[_Word]:
        """Have the program read; raises ProgramDied."""
        from pytesseract import TesseractError

        try:
            return self._words(pixels, language, mode)
        except TesseractError as died:
            if died.status not in FAULTS:
                raise
            raise ProgramDied(signal.Signals(-died.status).name) from died

    def _words(self, pixels: Pixels | str, language: str, mode: int) -> list[_Word]:
        from pytesseract import Output, image_to_data

        # Tesseract is a program of its own and takes its number of threads from the environment alone.
        os.environ["OMP_THREAD_LIMIT"] = str(self._threads)
        table = image_to_data(pixels, lang=language, config=f"--psm {mode}", output_type=Output.DICT)
        rows = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
        return [_word(row) for row in rows if str(row["text"]).strip() and float(row["conf"]) > 0]


@contextmanager
def _told_where_broken() -> Iterator[None]:
    try:
        yield
    except ProgramDied as died:
        raise EngineMissing(
            f"辨識引擎 Tesseract 中斷,無法使用 is not usable: it dies ({died}) of all it is shown; "
            f"install again: apt-get install --reinstall {PACKAGES}"
        ) from died


def _saved(crops: Sequence[Pixels], folder: Path) -> list[Path]:
    files = [folder / f"{number:05}.png" for number in range(len(crops))]
    for crop, file in zip(crops, files, strict=True):
        cv2.imwrite(str(file), cv2.copyMakeBorder(crop, *(MARGIN,) * 4, cv2.BORDER_REPLICATE))
    return files


def _listed(files: Sequence[Path]) -> str:
    """Write the list of lines that Tesseract takes for the pages of one document.

    Loading its model takes it longer than reading a line.
    """
    listing = files[0].with_suffix(".txt")
    listing.write_text("\n".join(map(str, files)) + "\n", "utf-8")
    return str(listing)


def _reading(words: Sequence[_Word]) -> Reading:
    text = "".join(word.text for word in words)
    return Reading(text, prod(word.confidence for word in words) if text else 0.0)


def _word(row: Mapping[str, Any]) -> _Word:
    left, top = int(row["left"]), int(row["top"])
    box = (left, top, left + int(row["width"]), top + int(row["height"]))
    line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
    return _Word(int(row["page_num"]), line, box, "".join(str(row["text"]).split()), float(row["conf"]) / 100)


def _text_line(words: Sequence[_Word], vertical: bool) -> TextLine:
    x0, y0, x1, y1 = zip(*(word.box for word in words), strict=True)
    text = "".join(word.text for word in words)
    return TextLine(
        (min(x0), min(y0), max(x1), max(y1)), text, prod(word.confidence for word in words), vertical
    )
