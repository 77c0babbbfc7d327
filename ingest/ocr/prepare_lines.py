"""From cut lines to the recogniser's input batches."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import Pixels

HEIGHT = 48
"""The height of a line, in pixels, that PP-OCR's recognisers are trained on; they read lower lines too."""
TALL = 1.4
MOST_WIDTH = 1600
"""A batch is together no wider than this many pixels: each eighth of a pixel's width asks for three tables of
18,710 chances, which for eight long lines were 400 MB, and a wider batch is no quicker."""


@dataclass(frozen=True, slots=True)
class Look:
    """How large lines are shown to the network, in pixels of height, and at which shares of their width.

    A share applies to lines so many times longer than high, the first that fits, and is one of the width
    that the line has at the full height.
    """

    height: int = HEIGHT
    shares: tuple[tuple[float, float], ...] = ((0.0, 1.0),)


FULL = Look()
NARROWED = Look(32, ((5.5, 0.42), (1.4, 0.4), (0.0, 0.7)))
CLOSER = Look(HEIGHT, ((5.5, 0.55), (0.0, 0.9)))
"""How lines are looked at first, and where that leaves a doubt. Time goes with height times width, and a line
shown small is read right where it is read surely: of 475 lines of drawn pages that are read surely when
whole, 14 were left in doubt so and 2 read otherwise, for a third of the work."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of like width: which crops they are, and the network's input (N × 3 × height × W, −1 … 1)."""

    places: tuple[int, ...]
    tensor: NDArray[np.float32]


def batch_lines(
    crops: Sequence[Pixels], vertical: bool, most: int, narrowest: int, look: Look = FULL
) -> Iterator[Batch]:
    """Scale crops to one height and batch them by width, so that little is spent on padding.

    A vertical line is turned a quarter counter-clockwise, as PP-OCR's training did with tall crops.
    """
    lines = [_scale(_turn(crop) if vertical else crop, look) for crop in crops]
    order = sorted(range(len(lines)), key=lambda place: lines[place].shape[1])
    start = 0
    while start < len(order):
        end = _batch_end(lines, order, start, most)
        places = tuple(order[start:end])
        width = max(narrowest, *(lines[place].shape[1] for place in places))
        yield Batch(places, _stack([lines[place] for place in places], width))
        start = end


def _batch_end(lines: Sequence[Pixels], order: Sequence[int], start: int, most: int) -> int:
    """End a batch where it is full or where the next line would pad the first by more than a hair.

    A small batch is as quick, a pixel of width, as a large one; padding is what costs.
    """
    widest = lines[order[start]].shape[1] * 33 / 32 + 2
    end = start + 1
    while end < len(order) and end - start < most:
        width = lines[order[end]].shape[1]
        if width > widest or width * (end + 1 - start) > MOST_WIDTH:
            break
        end += 1
    return end


def _turn(crop: Pixels) -> Pixels:
    """Turn a column on its side; one glyph alone stays upright, as training left crops less tall than
    this."""
    return crop if crop.shape[0] < TALL * crop.shape[1] else np.rot90(crop)


def _scale(line: Pixels, look: Look) -> Pixels:
    height, width = line.shape[:2]
    share = next(share for long, share in look.shares if width >= long * height)
    wide = max(8, math.ceil(HEIGHT * share * width / max(1, height)))
    how = cv2.INTER_AREA if height > look.height else cv2.INTER_LINEAR
    scaled = cv2.resize(np.ascontiguousarray(line), (wide, look.height), interpolation=how)
    return np.asarray(scaled, dtype=np.uint8)


def _stack(lines: Sequence[Pixels], width: int) -> NDArray[np.float32]:
    tensor = np.zeros((len(lines), 3, lines[0].shape[0], width), dtype=np.float32)
    for place, line in enumerate(lines):
        normal = line.astype(np.float32) / 127.5 - 1
        planes = normal if line.ndim == 2 else normal[:, :, ::-1].transpose(2, 0, 1)
        tensor[place, :, :, : line.shape[1]] = planes
    return tensor
