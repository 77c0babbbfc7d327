"""Read the page number that is printed or written in the margins, outside the form."""

import re
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.identifiers import page as page_designation
from domain.identifiers.invalid import InvalidIdentifier
from imaging.part_outlines import part_outlines
from imaging.surroundings import surroundings
from ingest.ocr.port import Recogniser
from ingest.pipeline.results import Box, LineText, Value

Gray = NDArray[np.uint8]
_Found = tuple[Box, str, float]

_SCALE = 4
_AROUND = 25
_LEAST_STEP = 30
_GAP = 11  # pixels of the map between the characters of one line
_MOST = 8
_SLACK = 2
_UPRIGHT = 1.6  # times its width from which a line's height says that it is written downwards
_SHORT = 4.0  # times longer than broad: 第一〇一頁
_SIZES = (5, 45)  # pixels of the map across a line of writing
_LONGEST = 260
_MARGIN = 6
_RIM = 0.01
_NUMBERED = re.compile(r"第?\s*[0-90-9〇○零一二三四五六七八九十百廿卅卌]+\s*[頁页葉枚]?\Z")


def read_designation(
    gray: Gray, form: Box | None, recogniser: Recogniser, to_master: Callable[[Box], Box]
) -> Value | None:
    """Return the page number outside the form's box on a straightened page (H×W), None without one.

    Only a few lines in the margins are read, the longer ones where no short one is plainly a number, and
    only what is wholly a page number counts; where several differ, none does.
    Raises:
        EngineMissing: the recogniser is not usable.
    """
    if form is None:
        return None
    lines = find_margin_lines(gray, form)
    # Most numbers are short, and a book's title in the margin takes as long as several of them.
    short = [line for line in lines if _times_longer(line) <= _SHORT]
    found = _read(gray, short, recogniser)
    if not any(len(text) > 1 for _, text, _ in found):  # a speck reads as 一
        found += _read(gray, [line for line in lines if line not in short], recogniser)
    said = [one for one in found if "第" in one[1] or "頁" in one[1]] or found
    if len({page_designation.parse(text).numbers for _, text, _ in said}) != 1:
        return None
    line, text, confidence = max(said, key=lambda one: one[2])
    return Value(text, confidence, to_master(line))


def designation_among(lines: Sequence[LineText]) -> Value | None:
    """Return the surest of a page's lines that is wholly a page number and says so (第…頁), or None."""
    found = [
        line for line in lines if is_page_number(line.text.strip()) and line.text.strip()[-1] in "頁页葉枚"
    ]
    surest = max(found, key=lambda line: line.confidence, default=None)
    return None if surest is None else Value(surest.text.strip(), surest.confidence, surest.box)


def box_around(boxes: Sequence[Box]) -> Box | None:
    """Return the box that holds them all."""
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def find_margin_lines(gray: Gray, form: Box) -> list[Box]:
    """Return the boxes of the few short lines outside the form, those nearest to it first."""
    size = width, height = gray.shape[1] // _SCALE, gray.shape[0] // _SCALE
    if min(size) < 4 * _AROUND:
        return []
    # A whole factor is many times quicker than nearly the same one.
    whole = gray[: height * _SCALE, : width * _SCALE]
    small = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    step = cv2.subtract(surroundings(small, _AROUND), small)
    marks = (step > _LEAST_STEP).astype(np.uint8)
    x0, y0, x1, y1 = (edge // _SCALE for edge in form)
    marks[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = 0
    rim = max(2, round(_RIM * max(size)))
    marks[:rim], marks[-rim:], marks[:, :rim], marks[:, -rim:] = 0, 0, 0, 0
    found = [*_lines(marks, (_GAP, 1)), *_lines(marks, (1, _GAP))]
    near = sorted(_whole(found), key=lambda line: _away(line, (x0, y0, x1, y1)))
    return [_full(line, gray.shape) for line in near[:_MOST]]


def _whole(lines: Sequence[Box]) -> list[Box]:
    """Return the lines that lie in no longer one: a number's last character is a number too."""
    return [line for line in set(lines) if not any(_holds(other, line) for other in lines if other != line)]


def _holds(outer: Box, inner: Box) -> bool:
    slack = _SLACK
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
        and (outer[2] - outer[0]) * (outer[3] - outer[1]) > (inner[2] - inner[0]) * (inner[3] - inner[1])
    )


def _lines(marks: Gray, gap: tuple[int, int]) -> list[Box]:
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((gap[1], gap[0]), np.uint8))
    found = part_outlines(np.asarray(joined, dtype=np.uint8)).boxes.tolist()
    boxes = ((x, y, x + wide, y + high) for x, y, wide, high in found)
    return [box for box in boxes if _fits(box[2] - box[0], box[3] - box[1])]


def _fits(wide: int, high: int) -> bool:
    least, most = _SIZES
    return least <= min(wide, high) <= most and least + 2 <= max(wide, high) <= _LONGEST


def _away(line: Box, form: Box) -> int:
    across = max(form[0] - line[2], line[0] - form[2], 0)
    down = max(form[1] - line[3], line[1] - form[3], 0)
    return across + down


def _full(line: Box, shape: tuple[int, ...]) -> Box:
    x0, y0, x1, y1 = (edge * _SCALE for edge in line)
    return (
        max(0, x0 - _MARGIN),
        max(0, y0 - _MARGIN),
        min(shape[1], x1 + _MARGIN),
        min(shape[0], y1 + _MARGIN),
    )


def _read(gray: Gray, lines: Sequence[Box], recogniser: Recogniser) -> list[_Found]:
    """Read the page numbers among some lines, those that lie and those that stand."""
    found: list[_Found] = []
    for vertical in (False, True):
        asked = [line for line in lines if (line[3] - line[1] > _UPRIGHT * (line[2] - line[0])) == vertical]
        crops = [gray[y0:y1, x0:x1] for x0, y0, x1, y1 in asked]
        readings = recogniser.read_lines(crops, vertical) if crops else []
        texts = [(reading.text.strip(), reading.confidence) for reading in readings]
        found += [
            (line, text, confidence)
            for line, (text, confidence) in zip(asked, texts, strict=True)
            if is_page_number(text)
        ]
    return found


def _times_longer(line: Box) -> float:
    sides = line[2] - line[0], line[3] - line[1]
    return max(sides) / max(1, min(sides))


def is_page_number(text: str) -> bool:
    """Tell whether a text is wholly a page number."""
    if not _NUMBERED.match(text):
        return False
    try:
        page_designation.parse(text)
    except InvalidIdentifier:
        return False
    return True
