"""Sums up how forms were told that were tried."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bench.forms.fit import is_usual
from bench.forms.hold_out import Tried

SURE = 0.98

Row = dict[str, float]


def sum_up(tried: Sequence[Tried]) -> dict[str, dict[str, Any]]:
    """Return, by severity, the shares of glyphs named in another form than was drawn, in per cent, and how
    much of what is told surely is right; beside the sums, those by look and by the line's direction."""
    return {
        str(severity): {
            **_row(some),
            "looks": _parted(some, lambda one: one.glyph.look),
            "directions": _parted(some, lambda one: "across" if one.glyph.across else "down"),
        }
        for severity in sorted({one.glyph.severity for one in tried})
        if (some := [one for one in tried if one.glyph.severity == severity])
    }


def _parted(tried: Sequence[Tried], key: Callable[[Tried], str]) -> dict[str, Row]:
    names = sorted({key(one) for one in tried})
    return {name: _row([one for one in tried if key(one) == name]) for name in names}


def _row(tried: Sequence[Tried]) -> Row:
    """Sum up some glyphs.

    `usual_wrong` are, of those drawn in their character's usual form, the ones told as another;
    `other_wrong`, of those drawn in another form, the ones told as the usual.
    """
    usual = [one for one in tried if is_usual(one.glyph.drawn)]
    other = [one for one in tried if not is_usual(one.glyph.drawn)]
    sure = [one for one in tried if one.sureness >= SURE]
    return {
        "glyphs": len(tried),
        "wrong_by_recogniser": _per_cent([one.heard != one.glyph.drawn for one in tried]),
        "wrong_as_told": _per_cent([one.told != one.glyph.drawn for one in tried]),
        "usual_wrong_by_recogniser": _per_cent([not is_usual(one.heard) for one in usual]),
        "usual_wrong": _per_cent([not is_usual(one.told) for one in usual]),
        "other_wrong_by_recogniser": _per_cent([is_usual(one.heard) for one in other]),
        "other_wrong": _per_cent([is_usual(one.told) for one in other]),
        "sure": len(sure),
        "sure_right": _per_cent([one.told == one.glyph.drawn for one in sure]),
    }


def _per_cent(hits: Sequence[bool]) -> float:
    return round(100 * float(np.mean(hits)), 2) if hits else 0.0
