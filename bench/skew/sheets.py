"""Draws upright sheets, ruled and unruled, that are harder than a register page or of another make."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from bench.pages.find_faces import find_faces
from bench.pages.ink_glyphs import Layer
from bench.skew.grain import grained

SIZE = (3508, 2480)
"""Width and height of every sheet, in pixels."""
CHARACTERS = "戶籍簿本籍住所姓名出生年月日父母職業事由記載抄錄遷入寄留婚姻死亡長男次女妻子孫王林陳黃張李吳劉"
Draw = Callable[[Generator], Layer]


def dashed(rng: Generator) -> Layer:
    """Return a form ruled with dashes."""
    return _table(rng, (0.06, 0.94, 0.08, 0.92), dash=int(rng.integers(12, 40)))


def faded(rng: Generator) -> Layer:
    """Return a form whose thin rules are faint and broken in many places."""
    sheet = _table(rng, (0.06, 0.94, 0.08, 0.92), ink=int(rng.integers(150, 195)), breaks=0.35, wide=2)
    return _written(sheet, rng, 500)


def off_centre(rng: Generator) -> Layer:
    """Return a small table in one corner, with little written in it."""
    left, top = float(rng.uniform(0.05, 0.6)), float(rng.uniform(0.05, 0.6))
    return _table(rng, (left, left + 0.3, top, top + 0.3), across=5, down=6)


def columns_alone(rng: Generator) -> Layer:
    """Return a page ruled with upright lines alone, as 罫紙 are, and written between them."""
    sheet = _table(rng, (0.08, 0.92, 0.1, 0.9), across=2, down=14)
    return _text(sheet, rng, upright=True, pitch=210, size=96, most=300)


def vertical_text(rng: Generator) -> Layer:
    """Return unruled columns of characters."""
    size = int(rng.integers(44, 84))
    return _text(_paper(rng), rng, upright=True, pitch=int(size * rng.uniform(1.3, 2.2)), size=size)


def horizontal_text(rng: Generator) -> Layer:
    """Return unruled rows of characters."""
    size = int(rng.integers(44, 84))
    return _text(_paper(rng), rng, upright=False, pitch=int(size * rng.uniform(1.3, 2.2)), size=size)


def short_text(rng: Generator) -> Layer:
    """Return a page with a few unruled columns."""
    return _text(_paper(rng), rng, upright=bool(rng.random() < 0.5), pitch=140, size=80, most=110)


SHEETS: dict[str, Draw] = {
    "dashed": dashed,
    "faded": faded,
    "off_centre": off_centre,
    "columns_alone": columns_alone,
    "vertical_text": vertical_text,
    "horizontal_text": horizontal_text,
    "short_text": short_text,
}
UNRULED = frozenset({"vertical_text", "horizontal_text", "short_text"})


def turn(sheet: Layer, degrees: float, rng: Generator) -> Layer:
    """Return the sheet turned counter-clockwise as seen, then blurred and noisy as a scanner sees it."""
    width, height = sheet.shape[1], sheet.shape[0]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        sheet, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(int(sheet[0, 0]),)
    )
    soft = cv2.GaussianBlur(turned, (0, 0), float(rng.uniform(0.5, 1.6)))
    return grained(np.asarray(soft, dtype=np.uint8), rng, float(rng.uniform(2, 8)))


def _paper(rng: Generator) -> Layer:
    return np.full((SIZE[1], SIZE[0]), int(rng.integers(200, 245)), np.uint8)


def _table(
    rng: Generator,
    place: tuple[float, float, float, float],
    *,
    across: int = 9,
    down: int = 12,
    ink: int = 70,
    wide: int = 3,
    dash: int = 0,
    breaks: float = 0.0,
) -> Layer:
    """Return a sheet with `across` level and `down` upright rules within shares of it."""
    sheet = _paper(rng)
    left, right, top, bottom = (int(v * SIZE[k > 1]) for k, v in enumerate(place))
    for y in np.linspace(top, bottom, across).astype(int):
        _rule(sheet[y : y + wide, left:right], rng, ink, dash, breaks)
    for x in np.linspace(left, right, down).astype(int):
        _rule(sheet[top:bottom, x : x + wide].T, rng, ink, dash, breaks)
    return sheet


def _rule(strip: Layer, rng: Generator, ink: int, dash: int, breaks: float) -> None:
    inked = np.ones(strip.shape[1], bool)
    if dash:
        inked = (np.arange(strip.shape[1]) + int(rng.integers(dash))) % (2 * dash) < dash
    for start in rng.integers(0, strip.shape[1], int(breaks * strip.shape[1] / 60)):
        inked[start : start + int(rng.integers(20, 90))] = False
    strip[:, inked] = ink


def _written(sheet: Layer, rng: Generator, count: int) -> Layer:
    """Return the sheet with strokes in all directions on it."""
    sheet = sheet.copy()
    for _ in range(count):
        start = rng.uniform((300, 250), (SIZE[0] - 300, SIZE[1] - 250))
        end = start + rng.normal(0, 30, 2)
        cv2.line(sheet, _whole(start), _whole(end), int(rng.integers(40, 120)), 4, cv2.LINE_AA)
    return sheet


def _text(sheet: Layer, rng: Generator, *, upright: bool, pitch: int, size: int, most: int = 4000) -> Layer:
    """Return the sheet with at most so many characters in lines of unequal length."""
    face = find_faces()[int(rng.integers(len(find_faces())))]
    font = ImageFont.truetype(str(face.path), size, index=face.index)
    picture = Image.fromarray(sheet)
    pen = ImageDraw.Draw(picture)
    long, deep = (SIZE[1], SIZE[0]) if upright else SIZE
    lines = np.arange(0.1 * deep, 0.9 * deep - size, pitch)
    written = 0
    for line in lines[::-1] if upright else lines:
        for along in np.arange(0.1 * long, rng.uniform(0.4, 0.9) * long, size * 1.06):
            if written >= most:
                return np.asarray(picture)
            written += 1
            place = (line, along) if upright else (along, line)
            jitter = rng.normal(0, 0.04 * size, 2)
            pen.text(
                (place[0] + jitter[0], place[1] + jitter[1]), str(rng.choice(list(CHARACTERS))), 50, font
            )
    return np.asarray(picture)


def _whole(point: np.ndarray) -> tuple[int, int]:
    return int(point[0]), int(point[1])
