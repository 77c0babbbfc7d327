"""Tell the forms of a character apart, 黃 from 黄, by what the recogniser sees and its last layer ignores.

PP-OCR's last layer was trained on modern print, where one form of a name's character is rare, and names the
usual one where another is written. The features before it tell the two well apart. What class of forms a
glyph is of stays the recogniser's word; which of them is decided here, by linear discriminants of those
features, which `bench.forms` fits on drawn lines.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.characters import fold
from ingest.ocr.decode_ctc import Heard
from ingest.ocr.prepare_lines import Look

_log = logging.getLogger(__name__)

FORMS_FILE = "forms.npz"
DATA = Path(__file__).parent / "data"

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Discriminants:
    """One linear score a form: the features of a glyph (C) times `weights` (N × C) plus `biases` (N).

    The scores of a character's forms are the logarithms of their odds. `model` is the SHA-256 of the
    recogniser whose features they are scores of, `looks` how the lines were shown to it by which they were
    fitted.
    """

    model: str
    looks: Mapping[str, Look]
    characters: tuple[str, ...]
    weights: Weights
    biases: Weights

    def save(self, file: Path) -> None:
        """Write to a file, half as exact: the third digit of a score decides nothing."""
        np.savez_compressed(
            file,
            model=np.array(self.model),
            looks=np.array(
                json.dumps({name: [look.height, look.shares] for name, look in self.looks.items()})
            ),
            characters=np.array(self.characters),
            weights=self.weights.astype(np.float16),
            biases=self.biases.astype(np.float32),
        )


def load_discriminants(file: Path = DATA / FORMS_FILE) -> Discriminants:
    """Read what `save` wrote."""
    with np.load(file, allow_pickle=False) as held:
        return Discriminants(
            str(held["model"]),
            _looks(str(held["looks"])),
            tuple(str(one) for one in held["characters"]),
            held["weights"].astype(np.float32),
            held["biases"],
        )


def _looks(told: str) -> dict[str, Look]:
    return {
        name: Look(height, tuple((float(long), float(share)) for long, share in shares))
        for name, (height, shares) in json.loads(told).items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """The forms of one character: their classes in the network, and their scores' weights and biases."""

    classes: NDArray[np.intp]
    weights: Weights
    biases: Weights


class FormJudge:
    """Says which form of a character a glyph is; `characters` are the network's classes from 1 on."""

    def __init__(self, discriminants: Discriminants, characters: Sequence[str]) -> None:
        classes = {character: place for place, character in enumerate(characters, 1)}
        known: dict[str, list[int]] = {}
        for row, character in enumerate(discriminants.characters):
            if character in classes:
                known.setdefault(fold(character), []).append(row)
        self._forms: dict[int, _Forms] = {}
        for rows in (rows for rows in known.values() if len(rows) > 1):
            forms = _Forms(
                np.array([classes[discriminants.characters[row]] for row in rows]),
                discriminants.weights[rows],
                discriminants.biases[rows],
            )
            self._forms.update(dict.fromkeys(forms.classes.tolist(), forms))

    def __call__(self, likely: Mapping[int, float], heard: Heard) -> dict[int, float]:
        """Return the likely classes of a glyph with the chances of each character's forms divided anew.

        Together a character's forms are as likely as before, so that of two characters the likelier one
        stands also where its forms were thought of apart.
        """
        judged = dict(likely)
        for forms in {self._forms[place] for place in likely if place in self._forms}:
            scores = forms.weights @ heard.features + forms.biases
            odds = np.exp(scores - scores.max())
            shares = heard.chances[forms.classes].sum() * odds / odds.sum()
            judged.update(zip(forms.classes.tolist(), shares.tolist(), strict=True))
        return judged


def open_judge(model: Path, characters: Sequence[str]) -> FormJudge | None:
    """Open the judge of a recogniser's file; None where the forms were not learnt from its features."""
    held = load_discriminants()
    if held.model != digest(model):
        _log.warning(
            "%s was not fitted to %s: forms of characters are told less well", FORMS_FILE, model.name
        )
        return None
    return FormJudge(held, characters)


def digest(model: Path) -> str:
    """Return a model's file's SHA-256 in hexadecimal."""
    with model.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
