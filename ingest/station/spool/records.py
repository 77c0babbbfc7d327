"""What the journal's events add up to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["keep", "again", "drop"]


@dataclass(frozen=True, slots=True)
class Scan:
    """A file taken into the spool: its name and state in the hot folder, its copy, what was seen in it.

    `name` is fit to be shown; where that of the original holds what no text may, `mark` is that, escaped.
    """

    id: str
    sitting: str
    name: str
    size: int
    mtime_ns: int
    sha256: str
    file: str
    verdict: Json | None = None
    mark: str = ""

    @property
    def original(self) -> str:
        """Return the original's name as the system has it."""
        return str(json.loads(self.mark)) if self.mark else self.name


@dataclass(frozen=True, slots=True)
class Decision:
    """What the crew decided about a scan; one kept has its page, and its view (2 is a slip folded back)."""

    kind: Kind
    scan: str
    designation: str = ""
    view: int = 1


@dataclass
class Sitting:
    """One volume, or one rescan order, from its opening at the station to the centre's acknowledgement.

    `spread` is the side whose page comes first where each frame shows two pages. `declaring` says that the
    manifest went to the centre and no answer came yet: it may or may not have it.
    """

    id: str
    volume: str
    next: str
    request_id: str | None = None
    spread: Literal["right", "left"] | None = None
    wanted: list[Json] = field(default_factory=list)
    expected: int | None = None
    decisions: list[Decision] = field(default_factory=list)
    state: Literal["open", "left", "closed", "sent"] = "open"
    manifest: Json = field(default_factory=dict)
    key: str = ""
    scans: list[str] = field(default_factory=list)
    declaring: bool = False
    batch: str | None = None
    acknowledged: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)
    tidied: bool = False

    def kept(self) -> list[Decision]:
        """Return the pages kept, in the order they were decided on."""
        standing: dict[str, Decision] = {}
        for decision in self.decisions:
            standing.pop(decision.scan, None)
            if decision.kind == "keep":
                standing[decision.scan] = decision
        return list(standing.values())

    def decided(self) -> set[str]:
        """Return the scans the crew has decided about, one way or the other."""
        return {decision.scan for decision in self.decisions}

    def set_aside(self) -> set[str]:
        """Return the scans the crew has decided not to keep."""
        return self.decided() - {decision.scan for decision in self.kept()}

    def reopens(self) -> bool:
        """Return whether it may go back to the desk: the centre has no manifest of it, nor may have one."""
        return self.state == "closed" and self.batch is None and not self.declaring


@dataclass
class State:
    """All a spool knows: its sittings, the scans of each, and the number of the last event."""

    n: int = 0
    sittings: dict[str, Sitting] = field(default_factory=dict)
    scans: dict[str, Scan] = field(default_factory=dict)
    here: str | None = None

    def sitting(self) -> Sitting | None:
        """Return the sitting that new scans belong to, if one is open."""
        return self.sittings[self.here] if self.here else None

    def scans_of(self, sitting: str) -> Iterator[Scan]:
        """Yield a sitting's scans in the order they were taken."""
        return (scan for scan in self.scans.values() if scan.sitting == sitting)

    def handed_on(self) -> list[Scan]:
        """Return the undecided scans of volumes that were left: the next volume opened takes them over."""
        left = [one for one in self.sittings.values() if one.state == "left" and not one.tidied]
        return [scan for sitting in left for scan in self.pending(sitting)]

    def pending(self, sitting: Sitting) -> list[Scan]:
        """Return the scans nobody has decided about yet, oldest first."""
        decided = sitting.decided()
        return [scan for scan in self.scans_of(sitting.id) if scan.id not in decided]
