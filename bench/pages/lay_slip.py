"""Lays a slip (浮籤) over a page: a strip of paper with a remark, pasted on by its upper edge."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.place_text import place_value
from bench.pages.prepare_page import Page
from bench.pages.read_data import read_tsv
from bench.pages.take_picture import Sheet

WIDE, TALL, ABOVE, SIZE = (330, 520), (700, 1300), 40, 56
HALF = 127


@dataclass(frozen=True)
class Slip:
    """A slip on the upright sheet: what it says, where it lies, and its slant, pixels from top to bottom."""

    text: str
    box: Box
    slant: float


def invent_slip(page: Page, rng: Generator) -> Slip:
    """Return a slip that hides some of the persons of a page."""
    unit, frame = page.spec.unit, page.layout.frame
    wide, tall = rng.uniform(*WIDE) * unit, rng.uniform(*TALL) * unit
    left = float(rng.uniform(frame.x0 + 0.1 * frame.width, frame.x0 + 0.6 * frame.width))
    top = frame.y0 - ABOVE * unit
    texts = [row["text"] for row in read_tsv("slips")]
    text = texts[int(rng.integers(len(texts)))]
    return Slip(text, Box(left, top, left + wide, top + tall), float(rng.uniform(-12, 12)) * unit)


def lay_slip(page: Page, slip: Slip, rng: Generator) -> Sheet:
    """Return the page's sheet with the slip over it."""
    sheet, size = page.written.sheet, page.size
    mask = _fill(slip.box, slip.slant, size)
    hand = _hide(sheet.hand, mask)
    brush = Hand(page.face, page.level.jitter, page.level.ink, page.level.sway)
    unit = page.spec.unit
    ink_glyphs(hand, place_value(slip.text, slip.box.inset(30 * unit), SIZE * unit, unit), brush, rng)
    return Sheet(
        _hide(sheet.printed, mask),
        hand,
        None if sheet.red is None else _hide(sheet.red, mask),
        None if sheet.seals is None else _hide(sheet.seals, mask),
        None if sheet.through is None else _hide(sheet.through, mask),
        mask,
    )


def fold_back(page: Page, slip: Slip) -> Sheet:
    """Return the page's sheet with the slip folded back over its upper edge, so that its blank back is
    seen.
    """
    back = Box(slip.box.x0, slip.box.y0 - slip.box.height, slip.box.x1, slip.box.y0)
    mask = _fill(back, slip.slant, page.size)
    sheet = page.written.sheet
    return replace(sheet, printed=_hide(sheet.printed, mask), hand=_hide(sheet.hand, mask), slip=mask)


def _fill(box: Box, slant: float, size: tuple[int, int]) -> Layer:
    mask = np.zeros((size[1], size[0]), np.uint8)
    corners = [
        (box.x0, box.y0),
        (box.x1, box.y0),
        (box.x1 + slant, box.y1),
        (box.x0 + slant, box.y1),
    ]
    cv2.fillPoly(mask, [np.round(np.array(corners) * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return mask


def _hide(layer: Layer, mask: Layer) -> Layer:
    if layer.shape != mask.shape:
        mask = np.asarray(cv2.resize(mask, layer.shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    return np.where(mask > HALF, 0, layer).astype(np.uint8)
