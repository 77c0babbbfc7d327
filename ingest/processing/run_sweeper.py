"""The sweeper's life: within a minute of any loss, what is owed stands in the queue again."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from ingest.processing.operations.sweep_runs import sweep_runs
from ingest.processing.run_queue import RunQueue
from storage.database.session import Database

_log = logging.getLogger(__name__)


def sweep_once(
    database: Database,
    queue: RunQueue,
    *,
    now: Callable[[], datetime],
    most_attempts: int,
    grace: timedelta = timedelta(seconds=10),
) -> int:
    """Enqueue what is due and give up what killed its worker every time; returns how many were enqueued."""
    with database.writing() as session:
        due = sweep_runs(session, most_attempts=most_attempts, at=now(), grace=grace)
    return queue.requeue_lost(due)


def run_sweeper(
    database: Database,
    queue: RunQueue,
    *,
    now: Callable[[], datetime],
    stop: threading.Event,
    most_attempts: int = 5,
    every: timedelta = timedelta(seconds=20),
) -> None:
    """Sweep until `stop` is set; what goes wrong once is tried again at the next turn."""
    while not stop.is_set():
        try:
            count = sweep_once(database, queue, now=now, most_attempts=most_attempts)
            if count:
                _log.info("enqueued %d runs again", count)
        except Exception:
            _log.exception("a sweep failed; the next one comes in %s", every)
        stop.wait(every.total_seconds())
