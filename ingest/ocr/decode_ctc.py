"""From a recogniser's frame probabilities to text with alternatives (connectionist temporal
classification)."""

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.alphabet import BLANK, Alphabet
from ingest.ocr.port import Reading

FEW, SLIGHT = 4, 0.001
"""So many classes of a glyph are considered, each of at least this chance: all forms of a character together
do not make a doubt of less."""
DOUBTFUL = 0.02
"""A frame is looked at again where a reading other than the best has at least this probability."""

ECHO = 2
"""The same character again within so many frames is the same glyph; glyphs are at least 3 frames apart."""

Options = list[tuple[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What was heard along one line: `chances` (M × classes, each row summing to 1) at `places`, M of its
    `length` frames, and what they were named by, their `features` (M × C); the others are surely blank."""

    length: int
    places: NDArray[np.intp]
    chances: NDArray[np.float32]
    features: NDArray[np.float32]


class Heard(NamedTuple):
    """What was heard of one glyph: its likeliest class, the chances of all, and its features (C)."""

    likeliest: int
    chances: NDArray[np.float32]
    features: NDArray[np.float32]


Judge = Callable[[Mapping[int, float], Heard], Mapping[int, float]]
"""Gives the likely classes of a glyph their chances anew."""


def decode_ctc(frames: Frames, alphabet: Alphabet, judge: Judge | None = None, keep: int = 4) -> Reading:
    """Read one line; each glyph's chances are what the judge makes of them.

    The confidence is the product over the characters of each one's best frame, so it says how likely the
    whole text is right, not how good its average character is.
    """
    slots = [_options(heard, alphabet.characters, judge) for heard in glyphs(frames, alphabet)]
    text = "".join(slot[0][0] for slot in slots)
    confidence = math.prod(slot[0][1] for slot in slots) if text else 0.0
    ranked = [(other, p) for other, p in _likeliest(slots, keep + 1) if other != text]
    return Reading(text.strip(), confidence, tuple(ranked[:keep]))


def glyphs(frames: Frames, alphabet: Alphabet) -> Iterator[Heard]:
    """Yield what was heard at the frame that speaks for each glyph of a line."""
    line = _Line(frames, alphabet)
    for frame in line.chosen():
        row = line.row[frame]
        yield Heard(int(line.best[frame]), frames.chances[row], frames.features[row])


class _Line:
    """A line's frames: the best class of each, its kind and chance, and which row of the chances is the
    frame's own, −1 where there is none."""

    def __init__(self, frames: Frames, alphabet: Alphabet) -> None:
        named = frames.chances.argmax(axis=1)
        rows = np.arange(len(named))
        self.row = np.full(frames.length, -1)
        self.row[frames.places] = rows
        self.best = np.full(frames.length, BLANK)
        self.best[frames.places] = named
        self._sure = np.ones(frames.length, np.float32)
        self._sure[frames.places] = frames.chances[rows, named]
        self._blank = np.ones(frames.length, np.float32)
        self._blank[frames.places] = frames.chances[:, BLANK]
        self._kind = alphabet.kinds[self.best]
        self._broad = alphabet.broad

    def chosen(self) -> list[int]:
        """Choose the frame that speaks for each character: the surest of a run, or a blank that was nearly a
        character.

        A run that is named now 黃 and now 黄 is taken for one glyph. A network has to part two glyphs by a
        blank only where they are of the same class, so two forms of one character side by side (台臺) may be
        read as one: they hardly ever stand so, and a glyph named by turns does.
        """
        edges = [0, *(np.flatnonzero(self._kind[1:] != self._kind[:-1]) + 1).tolist(), len(self._kind)]
        frames: list[int] = []
        for start, end in pairwise(edges):
            if self.best[start] == BLANK:
                frames += _nearly_characters(self._blank[start:end], start)
            else:
                frames.append(start + int(self._sure[start:end].argmax()))
        return self._once_a_glyph(frames)

    def _once_a_glyph(self, chosen: list[int]) -> list[int]:
        """Drop the echo of a broad glyph that was heard twice: its strokes (三, 過) are no two glyphs so
        near."""
        kept: list[int] = []
        for frame in chosen:
            echo = bool(kept) and frame - kept[-1] <= ECHO and self._kind[frame] == self._kind[kept[-1]]
            if echo and self._broad[self.best[frame]]:
                kept[-1] = max(kept[-1], frame, key=lambda one: float(self._sure[one]))
            else:
                kept.append(frame)
        return kept


def _nearly_characters(blanks: NDArray[np.float32], start: int) -> list[int]:
    """Find the least blank frame strictly inside a run of blanks; at its rims the neighbour's character
    still sounds."""
    if len(blanks) < 3:
        return []
    inner = blanks[1:-1]
    least = int(inner.argmin())
    return [start + 1 + least] if inner[least] < 1 - 4 * DOUBTFUL else []


def _options(heard: Heard, characters: Sequence[str], judge: Judge | None) -> Options:
    chances: Mapping[int, float] = likely(heard)
    if judge is not None:
        chances = judge(chances, heard)
    ordered = sorted(chances.items(), key=lambda pair: -pair[1])
    named = [("" if index == BLANK else characters[index - 1], chance) for index, chance in ordered]
    return [option for rank, option in enumerate(named) if rank == 0 or option[1] >= DOUBTFUL]


def likely(heard: Heard) -> dict[int, float]:
    """Return the few likely classes of a glyph and their chances."""
    chances = heard.chances
    best = float(chances[heard.likeliest])
    if best > 1 - DOUBTFUL:  # nothing is left for any other
        return {heard.likeliest: best}
    # To sort out the few that count first takes a tenth of the time of finding the greatest of 18,710.
    heard_of = np.flatnonzero(chances > SLIGHT)
    first = heard_of[np.argsort(-chances[heard_of], kind="stable")[:FEW]]
    return {index: float(chances[index]) for index in first.tolist()}


def _likeliest(slots: Sequence[Options], count: int) -> Options:
    """Rank whole texts by the product of their options, best first (best-first search over ranks)."""
    torn = [position for position, slot in enumerate(slots) if len(slot) > 1]
    start = (0,) * len(slots)
    heap = [(-math.prod(slot[0][1] for slot in slots), start)]
    seen = {start}
    found: Options = []
    while heap and len(found) < count:
        negative, ranks = heapq.heappop(heap)
        found.append(("".join(slot[r][0] for slot, r in zip(slots, ranks, strict=True)).strip(), -negative))
        for position in torn:
            rank = ranks[position]
            step = (*ranks[:position], rank + 1, *ranks[position + 1 :])
            if rank + 1 < len(slots[position]) and step not in seen:
                seen.add(step)
                share = slots[position][rank + 1][1] / slots[position][rank][1]
                heapq.heappush(heap, (negative * share, step))
    return found
