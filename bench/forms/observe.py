"""Shows drawn lines to the recogniser, and notes of each glyph what was drawn and what it was named by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.forms.choose_forms import drawn_apart, in_lines
from bench.forms.draw_lines import draw_lines
from bench.pages.find_faces import Face
from domain.characters import fold
from ingest.ocr.alphabet import BLANK
from ingest.ocr.decode_ctc import Heard, glyphs
from ingest.ocr.line_networks import LineNetworks
from ingest.ocr.port import Pixels
from ingest.ocr.prepare_lines import LOOKS, batch_lines

LONGEST = 5
BATCH, NARROWEST = 8, 32
ACROSS = 1 / 3
"""The share of lines that are written across, as the newer forms are; the others run down."""
FIRST = "narrowed"
"""The look that every line of a form is read at; a line is shown at one of the others besides, by lot."""


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One glyph as heard: what was drawn, in which family of faces, how badly, and whether in a line written
    across; the look it was heard at; the recogniser's chances of each of its character's forms, in their
    order; and its features (C)."""

    drawn: str
    family: str
    severity: int
    across: bool
    look: str
    chances: NDArray[np.float32]
    features: NDArray[np.float32]


def observe(
    networks: LineNetworks, classes: Sequence[str], face: Face, severity: int, rng: Generator
) -> Iterator[Glyph]:
    """Draw every form once in a face, and yield what is heard of each at two looks.

    A glyph that is heard as another character altogether is left out: its form is not asked for.
    """
    known = {form: forms for forms in classes for form in forms}
    places = {character: place for place, character in enumerate(networks.alphabet.characters, 1)}
    texts = in_lines([form for forms in classes for form in drawn_apart(forms, face)], LONGEST, rng)
    turn = round(ACROSS * len(texts))
    for across, some in ((True, texts[:turn]), (False, texts[turn:])):
        lines = list(draw_lines(some, face, severity, rng, across=across))
        for look, drawn, heard in _hear(networks, lines, not across, rng):
            if fold(networks.alphabet.characters[heard.likeliest - 1]) == fold(drawn):
                chances = heard.chances[[places[form] for form in known[drawn]]]
                yield Glyph(drawn, face.family, severity, across, look, chances, heard.features)


def _hear(
    networks: LineNetworks, lines: Sequence[tuple[Pixels, str]], vertical: bool, rng: Generator
) -> Iterator[tuple[str, str, Heard]]:
    """Yield the look, the character drawn and what was heard of it, of lines in which all glyphs were
    heard."""
    lots = rng.choice([name for name in LOOKS if name != FIRST], len(lines))
    for name, look in LOOKS.items():
        shown = [line for line, lot in zip(lines, lots, strict=True) if name in (FIRST, lot)]
        for batch in batch_lines([crop for crop, _ in shown], vertical, BATCH, NARROWEST, look):
            for place, frames in zip(batch.places, networks.hear(batch.tensor, look), strict=True):
                text = shown[place][1]
                heard = [one for one in glyphs(frames, networks.alphabet) if one.likeliest != BLANK]
                if len(heard) == len(text):
                    yield from ((name, drawn, one) for drawn, one in zip(text, heard, strict=True))
