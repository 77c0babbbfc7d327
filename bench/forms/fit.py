"""Fits the discriminants that tell forms apart, and how far they are to be believed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.forms.observe import Glyph
from domain.characters import fold
from ingest.ocr.prepare_lines import LOOKS
from ingest.ocr.tell_forms import Discriminants

SHRUNK = 0.05
"""How far the features' covariance is drawn to one without correlations."""
USUAL = 1.0
"""Added to the score of the form that a character is usually written in: it is the likelier by e."""

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """All that a fit asks of glyphs: how many there are of each of `characters` (N), the sums of their
    features (N × C), and the sum of the features' products (C × C)."""

    characters: tuple[str, ...]
    counts: Table
    sums: Table
    products: Table


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Linear scores of forms (`weights` N × C, `biases` N), the logarithms of their odds once divided by a
    cooling."""

    characters: tuple[str, ...]
    weights: Table
    biases: Table


def take_moments(glyphs: Sequence[Glyph], characters: tuple[str, ...]) -> Moments:
    """Sum up glyphs that are all of some of the characters."""
    places = {character: place for place, character in enumerate(characters)}
    which = np.array([places[glyph.drawn] for glyph in glyphs])
    features = np.array([glyph.features for glyph in glyphs], dtype=np.float64)
    sums = np.zeros((len(characters), features.shape[1]))
    np.add.at(sums, which, features)
    counts = np.bincount(which, minlength=len(characters)).astype(np.float64)
    return Moments(characters, counts, sums, features.T @ features)


def join_moments(parts: Sequence[Moments]) -> Moments:
    """Add up the moments of parts that were taken of the same characters."""
    return Moments(
        parts[0].characters,
        np.sum([part.counts for part in parts], axis=0),
        np.sum([part.sums for part in parts], axis=0),
        np.sum([part.products for part in parts], axis=0),
    )


def fit_scores(moments: Moments) -> Scores:
    """Fit Fisher's linear discriminants: one mean a form, one covariance for all."""
    seen = np.flatnonzero(moments.counts)
    counts = moments.counts[seen]
    means = moments.sums[seen] / counts[:, None]
    covariance = (moments.products - (means * counts[:, None]).T @ means) / counts.sum()
    side = len(covariance)
    covariance = (1 - SHRUNK) * covariance + SHRUNK * np.eye(side) * np.trace(covariance) / side
    weights = np.linalg.solve(covariance, means.T).T
    biases = -0.5 * (weights * means).sum(axis=1)
    return Scores(tuple(moments.characters[place] for place in seen), weights, biases)


def as_discriminants(scores: Scores, model: str, cooling: float) -> Discriminants:
    """Return the scores as the recogniser's judge reads them, as exact as they are saved; `model` is the
    SHA-256 of its file.

    Only differences between forms of one character count: its scores are taken from their mean,
    which leaves small numbers, and a character of which one form alone was seen is left out.
    """
    keys = [fold(form) for form in scores.characters]
    often = Counter(keys)
    kept = [row for row, key in enumerate(keys) if often[key] > 1]
    characters = tuple(scores.characters[row] for row in kept)
    _, which = np.unique([keys[row] for row in kept], return_inverse=True)
    weights = _from_mean(scores.weights[kept] / cooling, which)
    biases = _from_mean(scores.biases[kept, None] / cooling, which)[:, 0]
    biases += [USUAL * is_usual(form) for form in characters]
    exact = weights.astype(np.float16).astype(np.float32)
    return Discriminants(model, LOOKS, characters, exact, biases.astype(np.float32))


def is_usual(form: str) -> bool:
    """Tell that a character is usually written in this form."""
    return fold(form) == form


def _from_mean(table: Table, which: NDArray[np.intp]) -> Table:
    """Take from each row the mean of the rows of its group."""
    sums = np.zeros((int(which.max(initial=-1)) + 1, table.shape[1]))
    np.add.at(sums, which, table)
    return np.asarray(table - (sums / np.bincount(which)[:, None])[which])
