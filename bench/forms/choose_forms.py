"""Chooses the characters whose forms are to be told apart, and which faces draw them apart."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.pages.find_faces import Face
from bench.pages.ink_glyphs import draw_glyph, has_glyph
from domain.characters import fold
from ingest.ocr.alphabet import is_broad

COMMON = range(0xA4, 0xC7)
"""The lead bytes of Big5's first level: the 5,401 characters in common use."""
SIDE, SOFT = 48, 1.0
ALIKE = 0.02
"""Two glyphs are drawn as one character where they differ by less than this share of their ink."""


def choose_forms(characters: Iterable[str]) -> tuple[str, ...]:
    """Return those classes of forms (黃黄, 吳呉吴) among a recogniser's characters that hold a common one."""
    classes: dict[str, list[str]] = defaultdict(list)
    for character in characters:
        if len(character) == 1 and is_broad(character) and not _is_double(character):
            classes[fold(character)].append(character)
    return tuple(
        "".join(sorted(forms)) for forms in classes.values() if len(forms) > 1 and any(map(_is_common, forms))
    )


def drawn_apart(forms: str, face: Face) -> str:
    """Return the forms that a face draws, each unlike the others; what it draws alike it tells nothing of."""
    drawn = [form for form in forms if has_glyph(face, form)]
    return "".join(
        form for form in drawn if all(other == form or not _alike(face, form, other) for other in drawn)
    )


def _alike(face: Face, one: str, other: str) -> bool:
    first, second = (_soft(face, form) for form in (one, other))
    return float(np.abs(first - second).sum()) < ALIKE * float(first.sum() + second.sum())


def _soft(face: Face, form: str) -> NDArray[np.float64]:
    return np.asarray(cv2.GaussianBlur(draw_glyph(face, form, SIDE), (0, 0), SOFT), dtype=np.float64)


def _is_double(character: str) -> bool:
    """Tell that Unicode has a character twice, for compatibility: it is one form."""
    return unicodedata.normalize("NFKC", character) != character


def _is_common(character: str) -> bool:
    try:
        encoded = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and encoded[0] in COMMON


def in_lines(forms: Sequence[str], most: int, rng: Generator) -> list[str]:
    """Return the characters as lines of one to so many, in an order by chance."""
    shuffled = [forms[place] for place in rng.permutation(len(forms))]
    lines: list[str] = []
    while shuffled:
        count = int(rng.integers(1, most + 1))
        lines.append("".join(shuffled[:count]))
        del shuffled[:count]
    return lines
