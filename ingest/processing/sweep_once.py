"""One turn of the sweeper: what is owed stands in the queue again, whatever was lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ingest.processing.operations.sweep_runs import sweep_runs
from ingest.processing.run_queue import RunQueue
from ingest.reruns.settle_waiting import settle_waiting
from storage.database.session import Database

SWEEP_SECONDS = 20.0
"""How often the scheduler calls; DESIGN §5 allows 60 s from a loss to its mending."""


def sweep_once(
    database: Database,
    queue: RunQueue,
    *,
    now: Callable[[], datetime],
    most_attempts: int = 5,
    grace: timedelta = timedelta(seconds=10),
) -> int:
    """Enqueue what is due and give up what killed its worker every time; returns how many were enqueued.

    Several sweepers may turn at once: the claims keep their runs from being done twice.
    """
    with database.writing() as session:
        due = sweep_runs(session, most_attempts=most_attempts, at=now(), grace=grace)
    lost = queue.requeue_lost(due)
    settle_waiting(database, now=now)
    return lost
