"""Red writing of any size stays to be read; the seals among it, beside it and over names are lifted."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.pages.find_faces import Face, find_faces, load_face
from ingest.layout.find_seals import find_seals
from ingest.layout.separate_seals import separate_seals
from ingest.layout.stands_in_line import stands_in_line
from ingest.layout.tell_frames import longest_piece, round_frame, square_frame
from tests.ingest.layout.test_find_seals import RED

Pixels = NDArray[np.uint8]
Place = tuple[int, int, str]
BLACK = (30, 28, 28)
MM = 300 / 25.4
FACES = find_faces()[:5:2]
FRAMED = "國田回因圖園"
"""Glyphs that have frames, as seals have."""


def drawn(places: Sequence[Place], size: int, face: Face, ink: tuple[int, int, int], page: Pixels) -> Pixels:
    """Write glyphs of `size` pixels at their places (left, top)."""
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    font = load_face(face, size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    for left, top, glyph in places:
        pen.text((left, top), glyph, fill=ink, font=font)
    return np.array(image)


def paper(high: int = 1200, wide: int = 700) -> Pixels:
    grain = np.random.default_rng(4).normal(0, 2, (high, wide, 1))
    return np.clip(np.array([232, 222, 200]) + grain, 0, 255).astype(np.uint8)


def scanned(page: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), dtype=np.uint8)


def block(texts: Sequence[str], size: int, left: int, top: int, pitch: float, *, down: bool) -> list[Place]:
    """Place lines of writing beside one another, columns or rows."""
    step = round(size * pitch)
    spots = [(line, at, glyph) for line, text in enumerate(texts) for at, glyph in enumerate(text)]
    return [
        (left + (line if down else at) * step, top + (at if down else line) * step, glyph)
        for line, at, glyph in spots
    ]


def kept(page: Pixels) -> float:
    """Return the share of what is plainly red that is still dark once seals are lifted."""
    core = cv2.erode((page[:, :, 1] < 110).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return float((separate_seals(page).gray[core] < 150).mean())


def stamped(page: Pixels, middle: tuple[int, int], side: int, text: str, *, square: bool) -> Pixels:
    """Stamp a seal with a thin frame; red over black is a darker red."""
    stamp = np.full_like(page, 255)
    x, y = middle
    half, line = side // 2, max(3, side // 24)
    if square:
        cv2.rectangle(stamp, (x - half, y - half), (x + half, y + half), RED, line)
    else:
        cv2.circle(stamp, middle, half, RED, line, cv2.LINE_AA)
    rows = 1 if len(text) == 1 else 2
    size = round(side * (0.62 if square else 0.5) / rows)
    places = [
        (
            x + round((at // rows - len(text) / rows / 2) * size),
            y + round((at % rows - rows / 2) * size),
            glyph,
        )
        for at, glyph in enumerate(text)
    ]
    stamp = drawn(places, size, FACES[0], RED, stamp)
    return np.asarray(cv2.multiply(page, stamp, scale=1 / 255), dtype=np.uint8)


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("millimetres", [5, 6.5, 8, 10])
def test_lines_of_red_writing_are_no_seals(millimetres: float, down: bool) -> None:
    """Not one glyph is taken for a seal, also of those that have frames, in any face."""
    size = round(millimetres * MM)
    for face in FACES:
        places = block(["昭和年除戶", FRAMED, "明治四十二"], size, 90, 90, 1.3, down=down)
        high, wide = (1100, 700) if down else (700, 1100)
        page = scanned(drawn(places, size, face, RED, paper(high, wide)))
        assert find_seals(separate_seals(page).red).seals == (), face.id
        assert kept(page) > 0.995, face.id


@pytest.mark.parametrize(
    "texts", [["除"], ["轉"], ["死亡"], ["除戶", "死亡"], ["轉出婚", "養子緣"], ["轉出", "婚姻"]]
)
@pytest.mark.parametrize("millimetres", [5, 7, 10])
def test_a_few_large_red_glyphs_are_no_seal(texts: list[str], millimetres: float) -> None:
    """Nor are two, or two columns of two that fill a square together, set close."""
    size = round(millimetres * MM)
    for face in FACES:
        places = block(texts, size, 150, 150, 1.08, down=True)
        assert kept(scanned(drawn(places, size, face, RED, paper(500, 500)))) > 0.995, face.id


@pytest.mark.parametrize(("side", "text", "square"), [
    (72, "林", False), (90, "王", False), (110, "校合", False), (90, "林", True),
    (200, "戶籍課印", True), (560, "戶籍課印", True),
])  # fmt: skip
def test_seals_over_names_are_lifted(side: int, text: str, square: bool) -> None:
    """From 6 mm to 5 cm: what is red is nearly paper, what is black under it is still black."""
    name = drawn([(300, 300, "王"), (300, 372, "小"), (300, 444, "明")], 64, FACES[0], BLACK, paper(900, 900))
    page = scanned(stamped(name, (335, 400), side, text, square=square))
    gray = separate_seals(page).gray
    black = cv2.erode((scanned(name)[:, :, 0] < 70).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    red = (page[:, :, 1] < 120) & (page[:, :, 0] > 160)
    assert (gray[black] < 110).mean() > 0.97
    assert (gray[red] > 150).mean() > 0.9


@pytest.mark.parametrize("millimetres", [5, 7, 8.5, 10])
def test_seals_beside_red_writing_are_lifted_and_it_stays(millimetres: float) -> None:
    """A round name seal at a column's foot and an office seal a little aside."""
    size = round(millimetres * MM)
    foot = 100 + 5 * round(1.2 * size) + 70
    text = drawn(block(["昭和國除戶"], size, 200, 100, 1.2, down=True), size, FACES[0], RED, paper(1200, 900))
    page = stamped(text, (200 + size // 2, foot), 96, "林", square=False)
    page = scanned(stamped(page, (620, 400), 190, "戶籍課印", square=True))
    separated = separate_seals(page)
    seals = find_seals(separated.red).seals
    middles = sorted(((x0 + x1) // 2, (y0 + y1) // 2) for x0, y0, x1, y1 in seals)
    assert len(middles) == 2
    assert np.abs(np.subtract(middles, [(200 + size // 2, foot), (620, 400)])).max() <= 8
    core = cv2.erode((text[:, :, 1] < 60).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert (separated.gray[core] < 150).mean() > 0.98


def test_seals_one_above_another_are_seals() -> None:
    """Correction seals come in rows too: a plain ring is one wherever it stands."""
    page = paper(900, 900)
    for at in range(4):
        page = stamped(page, (300, 200 + 115 * at), 96, "林王陳李"[at], square=False)
    assert len(find_seals(separate_seals(scanned(page)).red).seals) == 4


def test_an_office_seal_of_which_a_side_did_not_take_is_lifted() -> None:
    """No glyph is so large, so that three sides and the inscription will do."""
    page = stamped(paper(600, 600), (300, 300), 200, "戶籍課印", square=True)
    page[190:410, 194:212] = paper(600, 600)[190:410, 194:212]
    gray = separate_seals(scanned(page)).gray
    assert (gray[200:400, 190:410] > 150).mean() > 0.99


def test_frames_are_told() -> None:
    """A ring and a square have their own frames whole, a cross has neither; two bars are not one piece."""
    ring, box, cross, bars = (np.zeros((101, 101), np.uint8) for _ in range(4))
    cv2.circle(ring, (50, 50), 49, 255, 3)
    cv2.rectangle(box, (0, 0), (100, 100), 255, 3)
    cv2.line(cross, (50, 0), (50, 100), 255, 3)
    cv2.line(cross, (0, 50), (100, 50), 255, 3)
    bars[10:20], bars[40:50, 30:70] = 255, 255
    assert (round_frame(ring > 0), square_frame(box > 0)) == (1.0, (1.0, 1.0, 1.0, 1.0))
    assert max(round_frame(cross > 0), *square_frame(cross > 0), round_frame(box > 0)) < 0.5
    assert longest_piece(bars[:, 5:70] > 0) == pytest.approx(65 / 101)
    assert longest_piece(np.zeros((9, 9), bool)) == 0.0


@pytest.mark.parametrize(("pieces", "stands"), [
    ([], False),
    ([(100, 130, 124, 152)], True),
    ([(100, 70, 110, 94), (114, 70, 124, 94)], True),
    ([(130, 101, 153, 124)], True),
    ([(108, 130, 114, 136)], False),
    ([(100, 200, 124, 224)], False),
    ([(100, 126, 124, 260)], False),
])  # fmt: skip
def test_a_line_is_like_sized_ink_beside(pieces: list[tuple[int, int, int, int]], stands: bool) -> None:
    """One glyph below, or one of two parts above, or one beside; not a speck, one far off, or a long rule."""
    assert stands_in_line((100, 100, 124, 124), np.array(pieces, np.int32).reshape(-1, 4)) is stands
