"""Seals are told from red writing, cancelling strokes and red rules."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.pages.find_faces import choose_face
from ingest.layout.find_cells import find_cells
from ingest.layout.find_seals import find_seals
from ingest.layout.separate_seals import separate_seals
from ingest.layout.tell_ink import tell_ink

Pixels = NDArray[np.uint8]
RED = (200, 50, 45)


def paper() -> Pixels:
    grain = np.random.default_rng(3).normal(0, 2, (1200, 1000, 1))
    return np.clip(np.array([232, 222, 200]) + grain, 0, 255).astype(np.uint8)


def written(page: Pixels, text: str, left: int, top: int, colour: tuple[int, int, int]) -> Pixels:
    face = choose_face("print", "noto-serif")
    font = ImageFont.truetype(str(face.path), 56, index=face.index)
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    for place, glyph in enumerate(text):
        pen.text((left, top + 64 * place), glyph, fill=colour, font=font)
    return np.array(image)


def test_a_seal_is_lifted_and_red_writing_stays() -> None:
    """The seal's ring is nearly paper, the red note as dark as black; both are known as red ink."""
    page = written(paper(), "昭和三年除戶國田回", 300, 200, RED)
    page = np.ascontiguousarray(page)
    cv2.circle(page, (700, 400), 52, RED, 5)
    cv2.line(page, (680, 380), (720, 420), RED, 5)
    separated = separate_seals(page)
    seals = find_seals(separated.red).seals
    assert len(seals) == 1
    assert np.abs(np.subtract(seals[0], (645, 345, 755, 455))).max() <= 8
    assert separated.gray[340:460, 640:760].min() > 150
    assert separated.gray[200:780, 300:360].min() < 90


def test_cancelling_strokes_are_neither() -> None:
    """A red cross over an entry is lifted, so that the entry is read; what it crosses stays."""
    page = np.ascontiguousarray(written(paper(), "王小明", 500, 500, (30, 28, 28)))
    cv2.line(page, (400, 300), (640, 900), RED, 6)
    cv2.line(page, (640, 300), (400, 900), RED, 6)
    separated = separate_seals(page)
    assert not separated.written.any()
    assert separated.gray[300:360, 380:440].min() > 150
    assert separated.gray[500:700, 500:560].min() < 70


def test_a_form_printed_in_red_keeps_its_rules() -> None:
    """Many straight red lines are a form."""
    page = np.ascontiguousarray(paper())
    for place in range(150, 851, 100):
        cv2.line(page, (150, place), (850, place), RED, 3)
        cv2.line(page, (place, 150), (place, 850), RED, 3)
    assert separate_seals(page).gray[140:160, 400:420].min() < 120


def test_inks_are_told() -> None:
    """Red, black and blue writing; a grey page knows no red."""
    page = written(written(written(paper(), "除戶", 200, 200, RED), "王氏", 400, 200, (30, 28, 28)),
                   "登記", 600, 200, (50, 60, 170))  # fmt: skip
    gray = separate_seals(page).gray
    boxes = [(left, 205, left + 60, 335) for left in (200, 400, 600)]
    assert [tell_ink(page, gray, box, box) for box in boxes] == ["red", "black", "other"]
    flat = np.dstack([page.mean(axis=2).astype(np.uint8)] * 3)
    assert {tell_ink(flat, flat[:, :, 0], box, box) for box in boxes} == {"black"}


def test_a_form_whose_cells_are_red_boxes_of_their_own_keeps_them() -> None:
    page = np.full((2480, 2400, 3), (232, 222, 200), np.uint8)
    for top in range(100, 2300, 460):
        for left in range(100, 2200, 410):
            cv2.rectangle(page, (left, top), (left + 390, top + 440), RED, 4)
    separated = separate_seals(page)
    assert find_seals(separated.red).seals == ()
    assert len(find_cells(separated.gray).cells) == 30


@pytest.mark.parametrize("shape", [(3, 400), (600, 3), (1, 1), (4, 4)])
def test_a_sliver_of_a_page_may_be_red(shape: tuple[int, int]) -> None:
    page = np.full((*shape, 3), (232, 222, 200), np.uint8)
    page[:, : shape[1] // 2 + 1] = RED
    assert separate_seals(page).gray.shape == shape
