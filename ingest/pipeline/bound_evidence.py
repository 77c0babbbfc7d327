"""How sure a value may be called at most that evidence speaks against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """`never_above` and `never_below` hold whatever was measured, `unmeasured` where the fit saw too few
    values so marked."""

    never_above: float
    unmeasured: float
    never_below: float = 0.01


IMPOSSIBLE = Bound(never_above=0.89, unmeasured=0.5)
"""Of what cannot be right: no date, a check digit that is wrong. On the page it can stand so all the same, by
a clerk's slip, but it is below the doubt (0.9) from which a value is laid before a person."""
DOUBTED = Bound(never_above=0.97, unmeasured=0.8)
"""Of what can hardly be meant: it is never shown as sure (0.98), and in doubt until measured."""
UNKNOWN = Bound(never_above=0.97, unmeasured=0.8, never_below=0.5)
"""Of what is in no list of ours. Drawn pages hold little else than what is in the lists, so that what is not
is mostly misread there; on a real page it may as well be a rare name."""


def bound_of(piece: str) -> Bound | None:
    """Return the bound of a piece of evidence, None for one that does not speak against a value."""
    if piece.endswith("_invalid"):
        return IMPOSSIBLE
    if piece.endswith("_unknown"):
        return UNKNOWN
    if piece.endswith("_doubtful") or piece == "lookalikes":
        return DOUBTED
    return None
