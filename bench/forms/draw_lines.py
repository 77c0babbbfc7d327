"""Draws lines of given characters as they stand on a page, and cuts them out as the pipeline does."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.find_faces import Face
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.lay_sheet import lay_sheet
from bench.pages.place_across import PITCH
from bench.pages.place_text import LOOSE, TIGHT, Glyph
from bench.pages.read_severity import Severity, read_severity
from bench.pages.spec import FULL_HEIGHT, FULL_WIDTH
from bench.pages.take_picture import Sheet, take_picture
from bench.pages.vary_softly import soft_field
from bench.pages.write_sheet import PATCHES
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.port import Pixels
from ingest.pipeline.read_cells import cut

SIZES = (45.0, 72.0)
"""Sides of written characters, in pixels of a full-size page, from notes to the head's name."""
EDGE, BETWEEN = 60, 1.7
LEAST_WIDTH = FULL_WIDTH // 2
"""A sheet that is not full ends with its writing, yet is not much higher than wide: stains go by width."""
THROUGH_BLUR = 3.0


def draw_lines(
    texts: Sequence[str], face: Face, severity: int, rng: Generator, *, across: bool = False
) -> Iterator[tuple[Pixels, str]]:
    """Yield each text cut out of sheets that are full of such lines, written in one face, grey: downwards, or
    across from the left.

    Raises: ValueError for a text longer than a sheet is high (wide).
    """
    level = replace(read_severity(severity), seals=0)
    left = list(texts)
    while left:
        hand = np.zeros((FULL_HEIGHT, FULL_WIDTH), np.uint8)
        brush = Hand(
            face, level.jitter, level.ink, level.sway, soft_field(PATCHES, 5, 1 - level.patchy, 1.0, rng)
        )
        written = list(_fill(hand, left, brush, rng, across))
        if not written:
            raise ValueError(f"A line of {len(left[0])} characters is longer than a sheet.")
        low, right = np.max([(box.y1, box.x1) for _, box in written], axis=0).astype(int) + EDGE
        gray = _scan(hand[:low, : max(right, LEAST_WIDTH)], level, rng)
        for text, box in written:
            x0, y0, x1, y1 = box.as_list()
            yield cut(gray, (int(x0), int(y0), int(x1), int(y1))), text


def _fill(
    layer: Layer, left: list[str], brush: Hand, rng: Generator, across: bool
) -> Iterator[tuple[str, Box]]:
    """Write texts until the sheet is full; what is written leaves `left`."""
    length, breadth = layer.shape[::-1] if across else layer.shape
    tight = PITCH if across else TIGHT
    aside = float(EDGE)
    while left and aside < breadth - EDGE - SIZES[1]:
        size = float(rng.uniform(*SIZES))
        aside += size / 2
        along = EDGE + size / 2
        while left:
            pitch = size * float(rng.uniform(tight, LOOSE))
            if along + pitch * len(left[0]) > length - EDGE:
                break
            text = left.pop(0)
            way = [along + pitch * at for at in range(len(text))]
            spots = [(at, aside) if across else (aside, at) for at in way]
            glyphs = [Glyph(one, x, y, size) for one, (x, y) in zip(text, spots, strict=True)]
            box = ink_glyphs(layer, glyphs, brush, rng)
            if box is not None:
                yield text, box
            along += pitch * len(text) + size * (BETWEEN - 1)
        aside += size * (BETWEEN - 0.5)


def _scan(hand: Layer, level: Severity, rng: Generator) -> Layer:
    mirrored = cv2.GaussianBlur(cv2.flip(hand, 1), (0, 0), THROUGH_BLUR)
    through = cv2.LUT(mirrored, np.round(np.arange(256) * level.through).astype(np.uint8))
    sheet = Sheet(
        np.zeros_like(hand), hand, None, None, np.asarray(through, np.uint8) if level.through else None
    )
    lie = lay_sheet((hand.shape[1], hand.shape[0]), 0.0, (0.0, 0.0), None)
    return separate_seals(take_picture(sheet, lie, level, 1.0, None, rng)).gray
