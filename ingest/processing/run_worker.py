"""The worker's life: jobs from Redis, and what is due in the database whenever Redis has nothing to say."""

import logging
import os
import signal
import socket
import threading
import uuid

from redis import Redis
from redis.exceptions import RedisError

from ingest.processing.page_worker import PageWorker
from ingest.processing.process_run import process_run
from ingest.processing.queries import find_due_runs
from ingest.processing.room import ProcessingRoom
from ingest.processing.run_queue import QUEUE_NAME

_log = logging.getLogger(__name__)


def worker_name() -> str:
    """Return a name that no other worker has had: machine, process and a random end."""
    return f"{socket.gethostname()[:60]}-{os.getpid()}-{uuid.uuid4().hex[:6]}"


def run_worker(
    room: ProcessingRoom, connection: Redis, *, poll_seconds: int = 5, queue: str = QUEUE_NAME
) -> None:
    """Process pages until SIGTERM or SIGINT, which let the page at hand finish. Call it in the main thread.

    Every `poll_seconds` without a job the database is asked; while Redis is away, it alone is.
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set():
        room.at_point("looking")
        served = _serve_queue(room, connection, queue, stopping, poll_seconds)
        done = _serve_database(room, stopping)
        if not served and not done:
            stopping.wait(poll_seconds)


def _serve_queue(
    room: ProcessingRoom, connection: Redis, queue: str, stopping: threading.Event, poll_seconds: int
) -> bool:
    """Work off the queue until it is idle; returns False if Redis is away."""

    def process(run_id: uuid.UUID) -> None:
        process_run(room, run_id=run_id)

    try:
        worker = PageWorker(connection, process, worker_name(), stopping, queue)
        worker.work(max_idle_time=poll_seconds, logging_level="WARNING")
        connection.ping()
    except RedisError:
        return False
    return True


def _serve_database(room: ProcessingRoom, stopping: threading.Event) -> int:
    """Process what is due; the claims keep workers off one another's runs."""
    done = 0
    try:
        with room.database.reading() as session:
            due = find_due_runs(session, limit=20)
        for run_id in due:
            if stopping.is_set():
                break
            done += process_run(room, run_id=run_id)
    except Exception:
        _log.exception("the database could not be served; trying again")
        return 0
    return done
