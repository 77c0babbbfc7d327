"""Tries discriminants on families of faces they were not fitted on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.forms.fit import Moments, as_discriminants, fit_scores, join_moments, take_moments
from bench.forms.observe import Glyph
from ingest.ocr.decode_ctc import Heard, likely
from ingest.ocr.tell_forms import Discriminants, FormJudge

COOLINGS = (4.0, 5.0, 6.0, 8.0, 11.0)
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Tried:
    """How one glyph of a family left out was told: as which form by the recogniser alone and by the judge,
    the logarithm of what the judge gave the form drawn, and how sure it was of the form told."""

    glyph: Glyph
    heard: str
    told: str
    likelihood: float
    sureness: float


def hold_out(
    moments: Mapping[str, Moments], glyphs: Sequence[Glyph], classes: Mapping[str, str]
) -> dict[str, dict[float, list[Tried]]]:
    """Return how each family's glyphs are told by what was fitted to the other families, by family and
    cooling.

    A form that the other families do not draw is not tried.

    Raises: ValueError for a single family.
    """
    if len(moments) < 2:
        raise ValueError("Faces of one family alone leave none to fit on; at least two are wanted.")
    tried: dict[str, dict[float, list[Tried]]] = {}
    for family in moments:
        scores = fit_scores(join_moments([part for name, part in moments.items() if name != family]))
        some = [glyph for glyph in glyphs if glyph.family == family]
        tried[family] = {
            cooling: list(try_glyphs(as_discriminants(scores, "", cooling), some, classes))
            for cooling in COOLINGS
        }
    return tried


def by_family(glyphs: Sequence[Glyph]) -> dict[str, Moments]:
    """Sum up the glyphs of each family of faces."""
    characters = tuple(sorted({glyph.drawn for glyph in glyphs}))
    return {
        family: take_moments([glyph for glyph in glyphs if glyph.family == family], characters)
        for family in sorted({glyph.family for glyph in glyphs})
    }


def try_glyphs(
    discriminants: Discriminants, glyphs: Sequence[Glyph], classes: Mapping[str, str]
) -> Iterator[Tried]:
    """Yield how the recogniser's judge tells glyphs of forms that it knows; `classes` gives each form all
    forms of its character."""
    known, judges = frozenset(discriminants.characters), _judges(discriminants, classes)
    for glyph in glyphs:
        if glyph.drawn in known:
            forms = classes[glyph.drawn]
            yield _try(judges[forms], forms, glyph)


def best_cooling(tried: Sequence[Mapping[float, Sequence[Tried]]]) -> float:
    """Return the cooling by which what was drawn is likeliest in all that was tried."""

    def likelihood(cooling: float) -> float:
        return float(np.mean([one.likelihood for part in tried for one in part[cooling]]))

    return max(COOLINGS, key=likelihood)


def cool_by_others(tried: Mapping[str, Mapping[float, Sequence[Tried]]]) -> dict[str, float]:
    """Choose each family's cooling by what was tried on the others, so that none chooses its own."""
    return {
        family: best_cooling([part for name, part in tried.items() if name != family]) for family in tried
    }


def _judges(discriminants: Discriminants, classes: Mapping[str, str]) -> dict[str, FormJudge]:
    """Open a judge for each character's forms, as of a network that names no others: that is told quickly."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, form in enumerate(discriminants.characters):
        rows[classes[form]].append(row)
    return {
        forms: FormJudge(
            replace(
                discriminants,
                characters=tuple(discriminants.characters[row] for row in some),
                weights=discriminants.weights[some],
                biases=discriminants.biases[some],
            ),
            forms,
        )
        for forms, some in rows.items()
    }


def _try(judge: FormJudge, forms: str, glyph: Glyph) -> Tried:
    best = int(glyph.chances.argmax())
    chances = np.concatenate([np.zeros(1, np.float32), glyph.chances])  # of a blank nothing is left
    heard = Heard(best + 1, chances, glyph.features)
    judged = judge(likely(heard), heard)
    shares = np.array([judged.get(place, 0.0) for place in range(1, len(chances))])
    shares /= shares.sum()
    return Tried(
        glyph,
        forms[best],
        forms[int(shares.argmax())],
        float(np.log(max(shares[forms.index(glyph.drawn)], LEAST))),
        float(shares.max()),
    )
