"""Whether a page lies otherwise than the volume's other pages: on its side, or on its head.

Nothing is read. The pages of a volume are of one form or of few, and where a form's print lies on a page
says how the page is turned beside the others; of a first page, or of a form that looks alike from both ends,
nothing is told.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from imaging.alike import likeness_of
from imaging.fingerprint import SIDE, SIZE
from imaging.quality import Thresholds
from ingest.station.judging.find_double import Earlier, writing_on

_USUAL = Thresholds()
_COMPARED = 40
_SAID = {
    1: ("逆時針橫放", "on its side, turned counter-clockwise"),
    2: ("上下顛倒", "on its head"),
    3: ("順時針橫放", "on its side, turned clockwise"),
}


def find_turned(
    writing: bytes, earlier: Sequence[Earlier], limits: Thresholds = _USUAL
) -> dict[str, Any] | None:
    """Return the finding on a page that is turned beside the pages scanned before it; None on any other.

    `writing` is a page's fingerprint, or those of a spread's two pages: a spread is told on its head alone.
    """
    if not any(writing):
        return None
    found = (writing_on(page, len(writing)) for page in earlier[-_COMPARED:])
    known = [one for one in found if one is not None and any(one)]
    if not known:
        return None
    single = len(writing) == SIZE
    alike = turns_of(writing, known) if single else _of_spread(writing, known)
    turn = max(range(1, 4), key=alike.__getitem__)
    clearly = limits.turned_clearly if single else limits.turned_both
    if alike[turn] < max(limits.turned_least, alike[0] + clearly):
        return None
    zh, en = _SAID[turn]
    return {
        "check": "orientation",
        "value": 90.0 * turn,
        "verdict": "flag",
        "where": None,
        "zh": f"與本冊先前各頁相比,此頁{zh};請轉正後重掃。",
        "en": f"Beside the volume's pages before it this one lies {en}: turn it and scan again.",
    }


def turns_of(writing: bytes, known: Sequence[bytes]) -> list[float]:
    """Return how alike a page is to the likest of others as it lies, and if it is taken to be turned by 90,
    180 and 270 degrees counter-clockwise."""
    page = np.frombuffer(writing, np.uint8).reshape(SIDE, SIDE)
    return [float(likeness_of(np.rot90(page, -turn).tobytes(), known).max()) for turn in range(4)]


def _of_spread(writing: bytes, known: Sequence[bytes]) -> list[float]:
    """Return the same of a spread, whose pages change places on its head; on its side it has no two pages."""
    right, left = (writing[:SIZE], writing[SIZE:])
    rights, lefts = [one[:SIZE] for one in known], [one[SIZE:] for one in known]
    standing = min(turns_of(right, rights)[0], turns_of(left, lefts)[0])
    upended = min(turns_of(right, lefts)[2], turns_of(left, rights)[2])
    return [standing, 0.0, upended, 0.0]
