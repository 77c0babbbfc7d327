"""What the centre has, against what was scanned and what the station was answered for."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.station.centre import Centre
from ingest.station.spool.spool import Spool


@dataclass(frozen=True)
class Audit:
    """Counts; the station survived if nothing is lost, double or changed."""

    cuts: int
    scanned: int
    acknowledged: int
    held: int
    lost: int
    doubled: int
    changed: int

    @property
    def survived(self) -> bool:
        """Return whether every page scanned was acknowledged, and is there once with its own hash."""
        faults = self.lost + self.doubled + self.changed
        return not faults and self.scanned == self.acknowledged == self.held


def audit(centre: Centre, spool: Spool, volumes: Mapping[str, Sequence[bytes]], cuts: int) -> Audit:
    """Compare the three: the pages drawn, the station's acknowledgements, the bytes in the centre's store."""
    drawn = {
        (volume, str(number)): hashlib.sha256(data).hexdigest()
        for volume, pages in volumes.items()
        for number, data in enumerate(pages, 1)
    }
    sittings = [sitting for sitting in spool.state.sittings.values() if sitting.manifest]
    volume_of = {sitting.batch: sitting.volume for sitting in sittings}
    acknowledged = [
        (sitting.volume, page["designation"])
        for sitting in sittings
        for ordinal in sitting.acknowledged
        for page in sitting.manifest["files"][ordinal - 1]["pages"]
    ]
    held = [(volume_of.get(batch, batch), page, sha256) for batch, page, sha256, _ in centre.held()]
    counted = Counter((volume, page) for volume, page, _ in held)
    there = {sha256 for _, _, sha256 in held}
    return Audit(
        cuts=cuts,
        scanned=len(drawn),
        acknowledged=len(acknowledged),
        held=len(held),
        lost=sum(counted[place] == 0 for place in acknowledged)
        + sum(one not in there for one in drawn.values()),
        doubled=sum(count > 1 for count in counted.values())
        + sum(count > 1 for count in Counter(sha256 for _, _, sha256 in held).values()),
        changed=sum(drawn.get((volume, page)) != sha256 for volume, page, sha256 in held),
    )
