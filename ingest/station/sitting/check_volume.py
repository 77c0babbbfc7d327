"""Before a volume is closed: what is missing, double, flagged or undecided."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from ingest.station.sitting.decide_scan import pages_of_scan
from ingest.station.spool.next_page import later
from ingest.station.spool.records import Decision, Sitting, State

_WHOLE = re.compile(r"\d+\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Review:
    """What the crew should know; `blocks` says that the centre would refuse the volume as it is."""

    pages: int
    missing: tuple[str, ...]
    doubles: tuple[Decision, ...]
    alike: tuple[Decision, ...]
    flagged: tuple[Decision, ...]
    undecided: int

    @property
    def blocks(self) -> bool:
        """Return whether something must be put right first."""
        return not self.pages or bool(self.doubles) or bool(self.undecided)


def check_volume(state: State, sitting: Sitting, have: Collection[str] = ()) -> Review:
    """Return the review of a sitting; `have` are the pages of the volume that are at the centre already."""
    kept = sitting.kept()
    listed = {decision.scan: _pages(sitting, state, decision) for decision in kept}
    counted = Counter((page, decision.view) for decision in kept for page in listed[decision.scan])
    verdicts = {decision.scan: state.scans[decision.scan].verdict or {} for decision in kept}
    return Review(
        pages=len({page for page, _ in counted}),
        missing=tuple(_missing(sitting, {page for page, _ in counted}, have)),
        doubles=tuple(
            found for found in kept if any(counted[page, found.view] > 1 for page in listed[found.scan])
        ),
        alike=tuple(found for found in kept if verdicts[found.scan].get("double")),
        flagged=tuple(found for found in kept if verdicts[found.scan].get("level", "green") != "green"),
        undecided=len(state.pending(sitting)),
    )


def _pages(sitting: Sitting, state: State, decision: Decision) -> list[str]:
    count = pages_of_scan(sitting, state.scans[decision.scan]) if decision.view == 1 else 1
    return [decision.designation, *(later(decision.designation, step) for step in range(1, count))]


def _missing(sitting: Sitting, pages: Collection[str], have: Collection[str]) -> list[str]:
    """Return the pages ordered, or the numbers up to the last or the expected one, that nobody has."""
    if sitting.wanted:
        return [order["designation"] for order in sitting.wanted if order["designation"] not in pages]
    numbers = {int(page) for page in {*pages, *have} if _WHOLE.match(page)}
    last = max(numbers, default=0)
    if sitting.expected is not None:
        last = max(last, sitting.expected)
    return [str(number) for number in range(1, last + 1) if number not in numbers]
