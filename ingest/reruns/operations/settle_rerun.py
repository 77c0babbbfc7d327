"""Settle a rerun once none of its runs is owed: compare, and open the request for what differs."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.accounts.queries import principal_of_account
from access.accounts.tables import Account
from access.audit.operations.record_event import record_event
from access.http.problems import Problem
from access.principal import SYSTEM
from index_service.requests.operations.open_rereading import Rereading, compare_images, open_rereading
from ingest.reruns.queries import UNSETTLED, readings_of, run_states
from storage.catalogue.tables import Volume
from storage.database.locking import lock_row
from storage.intake.tables import Rerun


def settle_rerun(session: Session, *, rerun_id: uuid.UUID, at: datetime) -> Rerun:
    """Judge a rerun after one of its runs ended, in the transaction that ended it; repeatable.

    Pages that failed are counted and hold up none of the others. Where the request cannot be opened, the
    refusal is kept: the rerun may be ordered again.
    """
    # Two last runs may commit at once; whoever gets the lock second sees the first one's.
    rerun = lock_row(session, Rerun, rerun_id)
    session.flush()
    states = run_states(session, rerun.id)
    if rerun.state == "read" or any(states.get(state) for state in UNSETTLED):
        return rerun
    volume = session.get_one(Volume, rerun.volume_id)
    rereading = compare_images(session, volume, readings_of(session, rerun.id))
    refusal = _open(session, rerun, volume, rereading, at)
    rerun.state, rerun.finished_at = "read", at
    rerun.counts = {**rereading.counts.as_json(), "failed": states.get("failed", 0), **refusal}
    session.flush()
    record_event(
        session,
        actor=SYSTEM,
        action="rerun.read",
        subject_kind="volume",
        subject_id=str(volume.id),
        facts={"rerun": str(rerun.id), "request": str(rerun.request_id or ""), **rerun.counts},
        at=at,
    )
    return rerun


def _open(
    session: Session, rerun: Rerun, volume: Volume, rereading: Rereading, at: datetime
) -> dict[str, str]:
    """Open the request; returns why it was refused, or nothing."""
    actor = principal_of_account(session, session.get_one(Account, rerun.ordered_by))
    try:
        with session.begin_nested():
            request = open_rereading(session, actor=actor, volume=volume, rereading=rereading, at=at)
    except Problem as problem:
        return {"refused": problem.code}
    rerun.request_id = request.id if request else None
    return {}
