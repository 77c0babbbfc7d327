"""Before a volume is closed: what is missing, double, flagged or undecided."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.batches.page_order import page_order
from ingest.station.sitting.pages_of import in_order, pages_of
from ingest.station.spool.records import Decision, Sitting, State

_WHOLE = re.compile(r"\d+\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Review:
    """What the crew should know; `elsewhere` counts the pages that the centre has and that are not kept here,
    `blocks` says that the centre would refuse the volume as it is."""

    pages: int
    elsewhere: int
    missing: tuple[str, ...]
    doubles: tuple[Decision, ...]
    alike: tuple[Decision, ...]
    flagged: tuple[Decision, ...]
    undecided: int

    @property
    def blocks(self) -> bool:
        """Return whether something must be put right first."""
        return not self.pages or bool(self.doubles) or bool(self.undecided)


def check_volume(
    state: State, sitting: Sitting, have: Collection[str] = (), expected: int | None = None
) -> Review:
    """Return the review of a sitting; `have` are the pages of the volume that are at the centre already, and
    `expected` is how many it should have, None where nobody knows."""
    kept = in_order(sitting.kept())
    pages = {shown.designation for found in kept for shown in pages_of(state, sitting, found)}
    verdicts = {decision.scan: state.scans[decision.scan].verdict or {} for decision in kept}
    return Review(
        pages=len(pages),
        elsewhere=len({_numbered(page) for page in have} - {_numbered(page) for page in pages}),
        missing=tuple(_missing(sitting, pages, have, expected)),
        doubles=tuple(_doubles(state, sitting, kept)),
        alike=tuple(found for found in kept if verdicts[found.scan].get("double")),
        flagged=tuple(found for found in kept if verdicts[found.scan].get("level", "green") != "green"),
        undecided=len(state.pending(sitting)),
    )


def _doubles(state: State, sitting: Sitting, kept: Sequence[Decision]) -> Iterator[Decision]:
    """Yield scans of which a page is kept twice, or whose pages lie between those of one file of several."""
    counted = Counter(
        (shown.designation, shown.view) for found in kept for shown in pages_of(state, sitting, found)
    )
    last: tuple[int, int, str, int] = (-1, 0, "", 0)
    for found in kept:
        listed = pages_of(state, sitting, found)
        keys = [(*order, shown.view) for shown in listed if (order := page_order(shown.designation))]
        if any(counted[shown.designation, shown.view] > 1 for shown in listed) or (keys and keys[0] < last):
            yield found
        last = max([last, *keys])


def _missing(
    sitting: Sitting, pages: Collection[str], have: Collection[str], expected: int | None
) -> list[str]:
    """Return the pages ordered, or the numbers up to the last or the expected one, that nobody has."""
    if sitting.wanted:
        return [order["designation"] for order in sitting.wanted if order["designation"] not in pages]
    numbers = {number for page in {*pages, *have} if isinstance(number := _numbered(page), int)}
    last = max(*numbers, expected or 0, 0)
    return [str(number) for number in range(1, last + 1) if number not in numbers]


def _numbered(page: str) -> int | str:
    """Return a page's number however it is written, 0001 as 1; another designation as it is."""
    return int(page) if _WHOLE.match(page) else page
