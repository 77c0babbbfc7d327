"""An RQ worker that hands each job's run id to a callable it holds, engines loaded, in its own process."""

import threading
import uuid
from collections.abc import Callable
from types import FrameType
from typing import Any

import redis
from redis import Redis
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.queue import Queue as QueueClass
from rq.serializers import JSONSerializer

from ingest.processing.run_queue import QUEUE_NAME

Process = Callable[[uuid.UUID], object]


def job_class(process: Process) -> type[Job]:
    """Return a job class that performs by calling `process`: a job brings an id, never code to import."""

    class RunJob(Job):
        def perform(self) -> None:
            process(uuid.UUID(self.kwargs["run_id"]))

    return RunJob


class PageWorker(SimpleWorker):
    """Works in-process, so that the recogniser stays loaded; returns from `work` when Redis goes away."""

    def __init__(
        self,
        connection: Redis,
        process: Process,
        name: str,
        stopping: threading.Event,
        queue: str = QUEUE_NAME,
    ) -> None:
        """Listen to one queue; the times are low because the database, not Redis, knows what is lost.

        `stopping` is set when a signal asks the worker to end.
        Raises:
            redis.RedisError: Redis is away.
        """
        self.stopping = stopping
        self._waiting = False
        super().__init__(
            [Queue(queue, connection=connection, serializer=JSONSerializer)],
            name=name,
            connection=connection,
            worker_ttl=45,
            job_monitoring_interval=5,
            maintenance_interval=15,
            job_class=job_class(process),
            serializer=JSONSerializer,
        )

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """Beat, or leave the loop if Redis is away: RQ would wait for it, and the database with it."""
        try:
            super().heartbeat(timeout, pipeline)
        except redis.ConnectionError as error:
            raise StopRequested from error

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, QueueClass] | None:
        """Wait for a job, and let a signal end the waiting."""
        self._waiting = True
        try:
            found: tuple[Job, QueueClass] | None = super().dequeue_job_and_maintain_ttl(
                timeout, max_idle_time
            )
            return found
        finally:
            self._waiting = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's shape
        """End after the page at hand, or at once while waiting."""
        self.stopping.set()
        self._stop_requested = True
        if self._waiting:
            raise StopRequested
