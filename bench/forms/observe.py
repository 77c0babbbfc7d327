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
from ingest.ocr.decode_ctc import BLANK, glyphs
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.prepare_lines import CLOSER, NARROWED, batch_lines

LONGEST = 5
BATCH, NARROWEST = 8, 32
LOOKS = (NARROWED, CLOSER)


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One glyph as heard: what was drawn, in which face and how badly; the recogniser's chances of each of
    its character's forms, in their order; and its features (C)."""

    drawn: str
    face: str
    severity: int
    chances: NDArray[np.float32]
    features: NDArray[np.float32]


def observe(
    network: LineNetwork, classes: Sequence[str], face: Face, severity: int, rng: Generator
) -> Iterator[Glyph]:
    """Draw every form once in a face, and yield what is heard of each at every look.

    A glyph that is heard as another character altogether is left out: its form is not asked for.
    """
    known = {form: forms for forms in classes for form in forms}
    places = {character: place for place, character in enumerate(network.characters, 1)}
    texts = in_lines([form for forms in classes for form in drawn_apart(forms, face)], LONGEST, rng)
    lines = list(draw_lines(texts, face, severity, rng))
    crops = [crop for crop, _ in lines]
    for look in LOOKS:
        for batch in batch_lines(crops, True, BATCH, NARROWEST, look):
            for line, frames in zip(batch.places, network.hear(batch.tensor), strict=True):
                heard = [one for one in glyphs(frames, network.characters) if one.likeliest != BLANK]
                if len(heard) != len(lines[line][1]):
                    continue
                for drawn, one in zip(lines[line][1], heard, strict=True):
                    if fold(network.characters[one.likeliest - 1]) == fold(drawn):
                        forms = one.chances[[places[form] for form in known[drawn]]]
                        yield Glyph(drawn, face.id, severity, forms, one.features)
