"""From a recogniser's frame probabilities to text with alternatives (connectionist temporal
classification)."""

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import Reading

BLANK = 0
DOUBTFUL = 0.02
"""A frame is looked at again where a reading other than the best has at least this probability."""

ECHO = 2
"""The same character again within so many frames is the same glyph; glyphs are at least 3 frames apart."""
FIRST_BROAD = "\u2e80"
"""From here on characters are as broad as high (CJK); digits and Latin letters may stand nearer."""

Options = list[tuple[str, float]]


def decode_ctc(frames: NDArray[np.float32], characters: Sequence[str], keep: int = 4) -> Reading:
    """Read one line from `frames` (T × classes, each row summing to 1); class 0 is the blank.

    The confidence is the product over the characters of each one's best frame, so it says how likely the
    whole text is right, not how good its average character is.
    """
    best = frames.argmax(axis=1)
    chosen = _once_a_glyph(_runs(best, frames), frames, characters)
    slots = [_options(frames, frame, characters) for frame in chosen]
    text = "".join(slot[0][0] for slot in slots)
    confidence = float(np.prod([slot[0][1] for slot in slots])) if text else 0.0
    ranked = [(other, p) for other, p in _likeliest(slots, keep + 1) if other != text]
    return Reading(text.strip(), confidence, tuple(ranked[:keep]))


def _runs(best: NDArray[np.intp], frames: NDArray[np.float32]) -> list[int]:
    """Choose the frame that speaks for each character: the surest of a run, or a blank that was nearly a
    character."""
    chosen: list[int] = []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] == BLANK:
            chosen += _nearly_characters(frames[start:end], start)
        else:
            chosen.append(start + int(frames[start:end, best[start]].argmax()))
        start = end
    return chosen


def _once_a_glyph(chosen: list[int], frames: NDArray[np.float32], characters: Sequence[str]) -> list[int]:
    """Drop the echo of a broad glyph that was heard twice: its strokes (三, 過) are no two glyphs so near."""
    kept: list[int] = []
    for frame in chosen:
        index = int(frames[frame].argmax())
        echo = bool(kept) and frame - kept[-1] <= ECHO and index == int(frames[kept[-1]].argmax())
        if echo and index != BLANK and characters[index - 1] >= FIRST_BROAD:
            kept[-1] = max(kept[-1], frame, key=lambda one: float(frames[one, index]))
        else:
            kept.append(frame)
    return kept


def _nearly_characters(blanks: NDArray[np.float32], start: int) -> list[int]:
    """Find the least blank frame strictly inside a run of blanks; at its rims the neighbour's character
    still sounds."""
    if len(blanks) < 3:
        return []
    inner = blanks[1:-1, BLANK]
    least = int(inner.argmin())
    return [start + 1 + least] if inner[least] < 1 - 4 * DOUBTFUL else []


def _options(frames: NDArray[np.float32], frame: int, characters: Sequence[str]) -> Options:
    row = frames[frame]
    likeliest = int(row.argmax())
    if row[likeliest] > 1 - DOUBTFUL:  # nothing is left for any other
        return [("" if likeliest == BLANK else characters[likeliest - 1], float(row[likeliest]))]
    top = np.argpartition(row, -4)[-4:]
    ordered = sorted(top.tolist(), key=lambda index: -row[index])
    named = [("" if index == BLANK else characters[index - 1], float(row[index])) for index in ordered]
    return [option for rank, option in enumerate(named) if rank == 0 or option[1] >= DOUBTFUL]


def _likeliest(slots: Sequence[Options], count: int) -> Options:
    """Rank whole texts by the product of their options, best first (best-first search over ranks)."""
    start = (0,) * len(slots)
    heap = [(-_product(slots, start), start)]
    seen = {start}
    found: Options = []
    while heap and len(found) < count:
        negative, ranks = heapq.heappop(heap)
        found.append(("".join(slot[r][0] for slot, r in zip(slots, ranks, strict=True)).strip(), -negative))
        for position in range(len(slots)):
            step = (*ranks[:position], ranks[position] + 1, *ranks[position + 1 :])
            if step[position] < len(slots[position]) and step not in seen:
                seen.add(step)
                heapq.heappush(heap, (-_product(slots, step), step))
    return found


def _product(slots: Sequence[Options], ranks: tuple[int, ...]) -> float:
    return float(np.prod([slot[rank][1] for slot, rank in zip(slots, ranks, strict=True)]))
