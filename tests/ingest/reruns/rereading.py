"""A published volume whose rerun a test orders and reads."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from imaging.orientation import OrientationEstimate
from imaging.quality import Thresholds
from imaging.quality.orientation import check_orientation
from index_service.changesets.queries import change_set_of, changes_of
from index_service.entries.tables import EntryVersion
from ingest.pipeline.reread import Rereading
from ingest.pipeline.run_describe import describe_finding
from ingest.processing.claim import Claim
from ingest.processing.queries import find_work
from ingest.reruns.operations.commit_rereading import commit_rereading
from ingest.reruns.operations.order_rerun import order_rerun
from ingest.reruns.settle_waiting import settle_waiting
from storage.database.session import Database
from storage.intake.tables import Rerun
from tests.index_service.scene import NOW, Scene, proposal
from tests.ingest.processing.test_leases import claimed, sure


@dataclass
class Read:
    """A published volume, and who may order its rerun."""

    database: Database
    scene: Scene

    def order(self, **more: Any) -> list[uuid.UUID]:
        """Order a rerun; returns the runs owed."""
        with self.database.writing() as session:
            _, runs = order_rerun(
                session,
                actor=more.pop("actor", self.scene.ministry),
                volume_id=self.scene.volume.id,
                series_key=more.pop("series_key", None),
                at=NOW,
            )
            return list(runs)

    def read(self, run: uuid.UUID, proposals: Sequence[dict[str, Any]]) -> None:
        """Commit what a worker reads, and settle as it does then."""
        self.commit(run, proposals)
        self.settle()

    def commit(self, run: uuid.UUID, proposals: Sequence[dict[str, Any]]) -> None:
        """Commit what a worker reads, and no more: it is killed then."""
        commit(self.database, sure(claimed(self.database, run)), proposals)

    def settle(self) -> None:
        """Settle what is read."""
        settle_waiting(self.database, now=lambda: NOW)

    def rerun(self, session: Session) -> Rerun:
        """The newest rerun."""
        return session.scalars(select(Rerun).order_by(Rerun.id.desc()).limit(1)).one()

    def staged(self, session: Session) -> list[EntryVersion]:
        """The versions that the rerun's request stages."""
        change_set = change_set_of(session, self.rerun(session).request_id or uuid.uuid4())
        assert change_set is not None
        return [
            session.get_one(EntryVersion, one.new_version_id) for one in changes_of(session, change_set.id)
        ]


def commit(database: Database, claim: Claim, proposals: Sequence[dict[str, Any]], turn: float = 0.75) -> None:
    """Commit a rereading in a transaction of its own; `turn` is how surely it is told which way up it is."""
    finding = turn_finding(turn)
    reading = Rereading("newer", (), tuple(proposals), b"", {"read": 1.0}, finding)
    with database.writing() as session:
        work = find_work(session, run_id=claim.run_id)
        commit_rereading(session, claim=claim, work=work, reading=reading, alto_key="sha256/a", at=NOW)


def turn_finding(confidence: float) -> dict[str, Any]:
    """The check's own finding on a page whose turn is told so surely, 0 for not at all."""
    turn = OrientationEstimate(0, confidence, "labels" if confidence else "none")
    return dict(describe_finding(check_orientation(turn, Thresholds(), blank=False)))


def same(*names: str) -> list[dict[str, Any]]:
    """The page as it was read at first, by these names."""
    return [proposal(index, name) for index, name in enumerate(names)]
