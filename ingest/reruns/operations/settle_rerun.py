"""Settle a rerun once none of its runs is owed: compare, and open requests for what differs."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Problem
from access.principal import SYSTEM
from index_service.requests.operations.compare_images import ImageReading, RereadingCounts, compare_images
from ingest.reruns.operations.stage_findings import note, stage_findings
from ingest.reruns.queries import UNSETTLED, readings_after, run_states
from storage.catalogue.tables import Volume
from storage.database.locking import lock_row
from storage.intake.tables import Rerun

AT_ONCE = 200
"""Images compared in one transaction, so that others need not wait for the whole of a thick volume."""


def settle_rerun(session: Session, *, rerun_id: uuid.UUID, at: datetime) -> Rerun:
    """Take a rerun none of whose runs is owed a step on, in a transaction after those that ended its runs.

    Each step opens a request of its own for what differs; after the last one the rerun is read. Pages that
    failed are counted and hold up none of the others. What cannot be staged is counted apart, with why it was
    refused: the rerun may be ordered again.
    """
    # Two workers may end the last two runs at once, or a sweeper come by: they take the steps in turn.
    rerun = lock_row(session, Rerun, rerun_id)
    states = run_states(session, rerun.id)
    if rerun.state == "read" or any(states.get(state) for state in UNSETTLED):
        return rerun
    volume = session.get_one(Volume, rerun.volume_id)
    step = readings_after(session, rerun.id, rerun.settled_to, AT_ONCE)
    rerun.counts = _settled(session, rerun, volume, [reading for _, reading in step], at)
    if len(step) == AT_ONCE:
        rerun.settled_to = step[-1][0]
        session.flush()
        return rerun
    _end(session, rerun, states.get("failed", 0), at)
    return rerun


def _settled(
    session: Session, rerun: Rerun, volume: Volume, readings: Sequence[ImageReading], at: datetime
) -> dict[str, Any]:
    """Compare a step's readings and stage what differs; returns the rerun's counts with those of the step.

    A volume whose series is gone cannot be compared. That is counted as refused, or it would be tried
    for ever and bar the volume from another rerun.
    """
    before = rerun.counts or {}
    try:
        rereading = compare_images(session, volume, readings, lock=True)
    except Problem as problem:
        noted = dict(before)
        note(noted, "refused", problem.code)
        return _sum(noted, RereadingCounts(images=len(readings)).as_json())
    noted = stage_findings(session, rerun, volume, rereading, at)
    # Only now: what was refused is counted as such.
    return _sum(before, rereading.counts.as_json()) | noted


def _sum(before: Mapping[str, Any], found: Mapping[str, int]) -> dict[str, Any]:
    return {**before, **{name: before.get(name, 0) + count for name, count in found.items()}}


def _end(session: Session, rerun: Rerun, failed: int, at: datetime) -> None:
    rerun.state, rerun.finished_at = "read", at
    rerun.counts = {**(rerun.counts or {}), "failed": failed}
    session.flush()
    record_event(
        session,
        actor=SYSTEM,
        action="rerun.read",
        subject_kind="volume",
        subject_id=str(rerun.volume_id),
        facts={"rerun": str(rerun.id), "request": str(rerun.request_id or ""), **rerun.counts},
        at=at,
    )
