"""Find images that are the very same: one file's, or with the same pixels."""

import uuid
from collections import Counter
from collections.abc import Sequence

from ingest.checks.trace import Trace

Marks = tuple[str, tuple[str, int, str | None]]


def find_same(fresh: Sequence[Trace], earlier: Sequence[Trace]) -> list[tuple[Trace, Trace]]:
    """Return each fresh image with one of another page that is the very same.

    Of several: one of this delivery, then one that the delivery does not replace, then one as far off as
    most are, then one of the same file.
    """
    same = _same(fresh, [*fresh, *earlier])
    before, replaced = {one.image_id for one in earlier}, replaced_by(fresh, earlier)
    steps = Counter(_step(one, other) for one, other in same if other.image_id in before)
    best: dict[Trace, Trace] = {}
    for one, other in sorted(
        same,
        key=lambda pair: (
            pair[1].image_id in before,
            pair[1].image_id in replaced,
            -steps[_step(*pair)],
            not of_one_file(*pair),
        ),
    ):
        best.setdefault(one, other)
    return sorted(best.items(), key=lambda pair: (pair[0].sequence, pair[0].view))


def of_one_file(one: Trace, other: Trace) -> bool:
    """Tell whether two images show the same of the same file, whichever version hashed their pixels."""
    return _marks(one)[1] == _marks(other)[1]


def replaced_by(fresh: Sequence[Trace], earlier: Sequence[Trace]) -> set[uuid.UUID]:
    """Return the earlier images whose page's view is given another image by this delivery."""
    given = {(one.page_id, one.view) for one in fresh}
    return {one.image_id for one in earlier if (one.page_id, one.view) in given}


def _same(fresh: Sequence[Trace], known: Sequence[Trace]) -> list[tuple[Trace, Trace]]:
    by_mark: dict[object, list[Trace]] = {}
    for one in known:
        for mark in _marks(one):
            by_mark.setdefault(mark, []).append(one)
    pairs = ((one, other) for one in fresh for mark in _marks(one) for other in by_mark[mark])
    return list(dict.fromkeys(pair for pair in pairs if pair[0].page_id != pair[1].page_id))


def _marks(one: Trace) -> Marks:
    return one.pixels, (one.master, one.frame, one.side)


def _step(one: Trace, other: Trace) -> int:
    return other.sequence - one.sequence
