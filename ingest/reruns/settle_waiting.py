"""Settle what is read: called by whoever ended a run, and by the sweeper for whoever died of it."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from ingest.reruns.operations.settle_rerun import settle_rerun
from ingest.reruns.queries import unsettled_reruns
from storage.database.session import Database
from storage.intake.tables import Rerun

_log = logging.getLogger(__name__)


def settle_waiting(database: Database, *, now: Callable[[], datetime]) -> None:
    """Settle each rerun of which nothing is owed, a transaction a step; cut off anywhere, call it again.

    What a run ended with is committed before: a rerun that cannot be settled is left for the next call, costs
    no reading, and holds up neither the others nor the caller.
    """
    with database.reading() as session:
        waiting = unsettled_reruns(session)
    for rerun_id in waiting:
        try:
            while _step(database, rerun_id, now()):
                pass
        except Exception:
            _log.exception("rerun %s cannot be settled; trying later", rerun_id)


def _step(database: Database, rerun_id: uuid.UUID, at: datetime) -> bool:
    """Take a rerun a step on; tells whether there is another one to take."""
    with database.writing() as session:
        before = session.get_one(Rerun, rerun_id).settled_to
        rerun = settle_rerun(session, rerun_id=rerun_id, at=at)
        # Without a step taken a run is owed again, and whoever ends it will settle the rerun.
        return rerun.state == "reading" and rerun.settled_to != before
