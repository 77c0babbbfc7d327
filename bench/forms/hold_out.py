"""Tries discriminants on faces they were not fitted on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.forms.fit import Scores, fit_scores
from bench.forms.observe import Glyph

COOLINGS = (3.0, 4.0, 5.0, 6.0, 8.0)
LEAST = 1e-9
SURE = 0.98


@dataclass(frozen=True, slots=True)
class Tried:
    """How one glyph of a face left out was told: by the recogniser alone, and by the scores."""

    severity: int
    heard_right: bool
    told_right: bool
    likelihood: float
    sureness: float


def hold_out(glyphs: Sequence[Glyph], classes: Mapping[str, str]) -> dict[float, list[Tried]]:
    """Return how each glyph is told by scores fitted on the other faces, for every cooling."""
    tried: dict[float, list[Tried]] = defaultdict(list)
    for face in sorted({glyph.face for glyph in glyphs}):
        scores = fit_scores([glyph for glyph in glyphs if glyph.face != face])
        for glyph in (glyph for glyph in glyphs if glyph.face == face):
            forms = classes[glyph.drawn]
            if all(form in scores.places for form in forms):
                for cooling in COOLINGS:
                    tried[cooling].append(_try(replace(scores, cooling=cooling), forms, glyph))
    return dict(tried)


def best_cooling(tried: Mapping[float, Sequence[Tried]]) -> float:
    """Return the cooling by which what was drawn is likeliest."""
    return max(tried, key=lambda cooling: float(np.mean([one.likelihood for one in tried[cooling]])))


def sum_up(tried: Sequence[Tried]) -> dict[str, object]:
    """Return, by severity, the shares of glyphs named in another form than was drawn, in per cent, and how
    much of what is told surely is right."""
    sums: dict[str, object] = {}
    for severity in sorted({one.severity for one in tried}):
        some = [one for one in tried if one.severity == severity]
        sure = [one for one in some if one.sureness >= SURE]
        sums[str(severity)] = {
            "glyphs": len(some),
            "wrong_by_recogniser": _per_cent([not one.heard_right for one in some]),
            "wrong_as_told": _per_cent([not one.told_right for one in some]),
            "sure": len(sure),
            "sure_right": _per_cent([one.told_right for one in sure]),
        }
    return sums


def _try(scores: Scores, forms: str, glyph: Glyph) -> Tried:
    odds, drawn = scores.odds(forms, glyph), forms.index(glyph.drawn)
    return Tried(
        glyph.severity,
        int(glyph.chances.argmax()) == drawn,
        int(odds.argmax()) == drawn,
        float(np.log(max(odds[drawn], LEAST))),
        float(odds.max()),
    )


def _per_cent(hits: Sequence[bool]) -> float:
    return round(100 * float(np.mean(hits)), 2) if hits else 0.0
