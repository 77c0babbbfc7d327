"""Fits the discriminants that tell forms apart, and how far they are to be believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.forms.observe import Glyph
from domain.characters import fold
from ingest.ocr.tell_forms import Discriminants

SHRUNK = 0.05
"""How far the features' covariance is drawn to one without correlations."""
USUAL = 1.0
"""Added to the score of the form that a character is usually written in: it is the likelier by e."""

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Linear scores of forms (`weights` N × C, `biases` N), the logarithms of their odds once divided by
    `cooling`."""

    places: dict[str, int]
    weights: Table
    biases: Table
    cooling: float = 1.0

    def odds(self, forms: str, glyph: Glyph) -> Table:
        """Return the chance of each of a character's forms, in their order."""
        rows = [self.places[form] for form in forms]
        raw = (self.weights[rows] @ glyph.features + self.biases[rows]) / self.cooling
        raw += [USUAL * (fold(form) == form) for form in forms]
        odds = np.exp(raw - raw.max())
        return np.asarray(odds / odds.sum(), dtype=np.float64)


def fit_scores(glyphs: Sequence[Glyph]) -> Scores:
    """Fit Fisher's linear discriminants: one mean a form, one covariance for all."""
    drawn = np.array([glyph.drawn for glyph in glyphs])
    features = np.array([glyph.features for glyph in glyphs], dtype=np.float64)
    characters, which = np.unique(drawn, return_inverse=True)
    means = np.zeros((len(characters), features.shape[1]))
    np.add.at(means, which, features)
    means /= np.bincount(which)[:, None]
    strayed = features - means[which]
    covariance = strayed.T @ strayed / len(strayed)
    side = len(covariance)
    covariance = (1 - SHRUNK) * covariance + SHRUNK * np.eye(side) * np.trace(covariance) / side
    weights = np.linalg.solve(covariance, means.T).T
    biases = -0.5 * (weights * means).sum(axis=1)
    return Scores({str(one): place for place, one in enumerate(characters)}, weights, biases)


def as_discriminants(scores: Scores, model: str) -> Discriminants:
    """Return the scores as the recogniser's judge reads them; `model` is the SHA-256 of its file.

    Only differences between forms of one character count: its scores are taken from their mean,
    which leaves small numbers.
    """
    characters = tuple(scores.places)
    usual = np.array([USUAL * (fold(form) == form) for form in characters])
    weights, biases = scores.weights / scores.cooling, scores.biases / scores.cooling
    keys = [fold(form) for form in characters]
    for key in set(keys):
        rows = [row for row, one in enumerate(keys) if one == key]
        weights[rows] -= weights[rows].mean(axis=0)
        biases[rows] -= biases[rows].mean()
    return Discriminants(model, characters, weights.astype(np.float32), (biases + usual).astype(np.float32))
