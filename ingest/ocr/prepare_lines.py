"""From cut lines to the recogniser's input batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import Pixels

HEIGHT = 48
"""The height of a line, in pixels, that PP-OCR's recognisers are trained on; they read lower lines too."""
TALL = 1.4
STRIDE = 8
"""The network hears a line every so many pixels; what is left of a stride costs as much as a whole one."""
MOST_WIDTH = 1600
"""A batch is together no wider than this many pixels: each eighth of a pixel's width asks for three tables of
18,710 chances, which for eight long lines were 400 MB, and a wider batch is no quicker."""
LONGEST = 100 * HEIGHT
"""No line is shown wider than one of a hundred glyphs: what the network takes goes with the square of it, and
a sliver of 3 by 20,000 pixels took all the memory there is."""
CALL = 700
"""To call the network takes as long as so many pixels of a line: 1.5 ms, where 32 × 32 pixels take two."""


@dataclass(frozen=True, slots=True)
class Look:
    """How large lines are shown to the network, in pixels of height, and at which shares of their width.

    A share applies to lines so many times longer than high, the first that fits, and is one of the width
    that the line has at the full height.
    """

    height: int = HEIGHT
    shares: tuple[tuple[float, float], ...] = ((0.0, 1.0),)


FULL = Look()
NARROWED = Look(32, ((5.5, 0.38), (1.4, 0.36), (0.0, 0.65)))
CLOSER = Look(HEIGHT, ((5.5, 0.5), (1.4, 0.65), (0.0, 0.8)))
"""How lines are looked at first, and where that leaves a doubt. Time goes with height times width, and a line
shown small is read right where it is read surely: of 534 lines of drawn pages that are read surely when
whole, 26 were left in doubt so and none was read otherwise, for 0.26 of the work."""
HALVED = Look(shares=((5.5, 0.4), (1.6, 0.6), (0.0, 1.0)))
"""How a page's long line, looked at whole first, is read once more where it is doubtful."""
LOOKS: Mapping[str, Look] = MappingProxyType(
    {"narrowed": NARROWED, "closer": CLOSER, "full": FULL, "halved": HALVED}
)
"""Every look that the recogniser takes: what is learnt from its features is learnt at each of them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of like width: which crops they are, and the network's input (N × 3 × height × W, −1 … 1)."""

    places: tuple[int, ...]
    tensor: NDArray[np.float32]


def batch_lines(
    crops: Sequence[Pixels], vertical: bool, most: int, narrowest: int, look: Look = FULL
) -> Iterator[Batch]:
    """Scale crops to one height and batch them by width, at most so many together.

    A vertical line is turned a quarter counter-clockwise, as PP-OCR's training did with tall crops.
    """
    lines = [_scale(_turn(crop) if vertical else crop, look) for crop in crops]
    order = sorted(range(len(lines)), key=lambda place: lines[place].shape[1])
    widths = [max(narrowest, lines[place].shape[1]) for place in order]
    for start, end in _parted(widths, look.height, most):
        places = tuple(order[start:end])
        yield Batch(places, _stack([lines[place] for place in places], widths[end - 1]))


def _parted(widths: Sequence[int], height: int, most: int) -> list[tuple[int, int]]:
    """Part lines, narrowest first, where padding and the calls to the network take least together."""
    costs, starts = [0], [0]
    for end, width in enumerate(widths, 1):
        together = max(1, min(most, end, MOST_WIDTH // width))
        cost, start = min(
            (costs[end - count] + CALL + count * width * height, end - count)
            for count in range(1, together + 1)
        )
        costs.append(cost)
        starts.append(start)
    ends = [len(widths)]
    while ends[-1]:
        ends.append(starts[ends[-1]])
    return list(pairwise(reversed(ends)))


def _turn(crop: Pixels) -> Pixels:
    """Turn a column on its side; one glyph alone stays upright, as training left crops less tall than
    this."""
    return crop if crop.shape[0] < TALL * crop.shape[1] else np.rot90(crop)


def _scale(line: Pixels, look: Look) -> Pixels:
    height, width = line.shape[:2]
    share = next(share for long, share in look.shares if width >= long * height)
    shown = min(LONGEST, HEIGHT * share * width / max(1, height))
    wide = STRIDE * max(1, round(shown / STRIDE))
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
