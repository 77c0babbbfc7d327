"""The queue: a nudge by run id alone. Losing it loses nothing; the database knows what is owed."""

import logging
import time
import uuid
from collections.abc import Sequence

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Retry
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

_log = logging.getLogger(__name__)

QUEUE_NAME = "pages"
JOB = "ingest.processing.process_run.process_run"
LONGEST_RUN = 900
"""Seconds after which a run is stopped; far above what a page takes, below what a person would wait."""
REST = 15.0
"""Seconds for which nothing is sent to a Redis that was away."""
_WAITING = {JobStatus.QUEUED, JobStatus.STARTED}


class RunQueue:
    """Enqueues runs; every worker listens to this one queue."""

    def __init__(self, connection: Redis, name: str = QUEUE_NAME) -> None:
        """Keep the connection; nothing is sent yet."""
        self._connection = connection
        self._resting_until = 0.0
        self._queue = Queue(name, connection=connection, serializer=JSONSerializer)

    def nudge(self, runs: Sequence[uuid.UUID]) -> int:
        """Enqueue the runs that do not stand in the queue; call it after their commit. Never raises.

        Returns how many were enqueued: 0 when Redis is away, and then workers and the sweeper find them.
        """
        if time.monotonic() < self._resting_until:
            return 0
        try:
            return sum(self._enqueue(run) for run in self._absent(runs))
        except RedisError:
            # Each try costs seconds of retries: do not make every upload wait for them.
            self._resting_until = time.monotonic() + REST
            _log.warning("Redis is away; %d runs wait in the database", len(runs))
            return 0

    def requeue_lost(self, runs: Sequence[uuid.UUID]) -> int:
        """Enqueue runs that the database knows to be owed, whatever Redis believes. Never raises."""
        try:
            self._forget_started(runs)
        except RedisError:
            return 0
        return self.nudge(runs)

    def _forget_started(self, runs: Sequence[uuid.UUID]) -> None:
        """Forget jobs whose worker is gone: the database says that nobody holds these runs."""
        for job in self._jobs(runs):
            if job is not None and job.get_status(refresh=False) == JobStatus.STARTED:
                job.delete()

    def _absent(self, runs: Sequence[uuid.UUID]) -> list[uuid.UUID]:
        """Leave out what waits already, so that sweeping a long queue does not make it longer."""
        pairs = zip(runs, self._jobs(runs), strict=True)
        return [run for run, job in pairs if job is None or job.get_status(refresh=False) not in _WAITING]

    def _jobs(self, runs: Sequence[uuid.UUID]) -> list[Job | None]:
        if not runs:
            return []
        ids = [job_id(run) for run in runs]
        try:
            return list(Job.fetch_many(ids, connection=self._connection, serializer=JSONSerializer))
        except NoSuchJobError:
            return [self._job(one) for one in ids]

    def _job(self, name: str) -> Job | None:
        """Fetch one job; of a Redis that was emptied under a worker its heartbeat alone may be left."""
        try:
            return Job.fetch(name, connection=self._connection, serializer=JSONSerializer)
        except NoSuchJobError:
            self._connection.delete(Job.key_for(name))
            return None

    def _enqueue(self, run: uuid.UUID) -> int:
        self._queue.enqueue_call(
            JOB,
            kwargs={"run_id": str(run)},
            job_id=job_id(run),
            timeout=LONGEST_RUN,
            result_ttl=0,
            failure_ttl=3600,
            retry=Retry(max=3),
            description=f"page run {run}",
        )
        return 1


def job_id(run: uuid.UUID) -> str:
    """Return the job's id in Redis: the run's, without the colons RQ forbids."""
    return f"run-{run}"
