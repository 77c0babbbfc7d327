"""The queue is a nudge: ids alone, nothing twice, and no harm when it is away."""

import threading
import uuid
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

from ingest.processing.page_worker import PageWorker
from ingest.processing.run_queue import QUEUE_NAME, RunQueue, job_id
from tests.services.redis import RedisServer


@pytest.fixture
def redis(redis_server: RedisServer) -> Redis:
    """An empty Redis."""
    client = redis_server.client()
    client.flushall()
    return client


def queued(redis: Redis) -> list[str]:
    """The ids that stand in the queue."""
    return list(Queue(QUEUE_NAME, connection=redis, serializer=JSONSerializer).job_ids)


def fetched(redis: Redis, run: uuid.UUID) -> Job:
    """A run's job."""
    return Job.fetch(job_id(run), connection=redis, serializer=JSONSerializer)


def test_a_job_carries_the_runs_id_alone(redis: Redis) -> None:
    run = uuid.uuid4()
    assert RunQueue(redis).nudge([run]) == 1
    job = fetched(redis, run)
    assert (list(job.args), job.kwargs) == ([], {"run_id": str(run)})
    assert ":" not in job.id
    assert job.retries_left


def test_sweeping_a_long_queue_does_not_make_it_longer(redis: Redis) -> None:
    queue, runs = RunQueue(redis), [uuid.uuid4() for _ in range(5)]
    assert queue.nudge(runs) == 5
    assert queue.nudge(runs) == queue.requeue_lost(runs) == 0
    assert queued(redis) == [job_id(run) for run in runs]
    redis.flushall()
    assert queue.requeue_lost(runs) == 5


def test_a_heartbeat_left_in_an_emptied_redis_stops_nobody(redis: Redis) -> None:
    """RQ's heartbeat writes into the job's hash; after FLUSHALL it makes one that holds nothing else."""
    queue, run, other = RunQueue(redis), uuid.uuid4(), uuid.uuid4()
    queue.nudge([run, other])
    redis.flushall()
    redis.hset(Job.key_for(job_id(run)), mapping={"last_heartbeat": "now", "status": "started"})
    assert queue.requeue_lost([run, other]) == 2
    assert queued(redis) == [job_id(run), job_id(other)]
    assert fetched(redis, run).kwargs == {"run_id": str(run)}
    assert queue.nudge([run]) == 0


def test_a_job_whose_worker_died_is_enqueued_again(redis: Redis) -> None:
    queue, run = RunQueue(redis), uuid.uuid4()
    queue.nudge([run])
    Queue(QUEUE_NAME, connection=redis, serializer=JSONSerializer).remove(job_id(run))
    fetched(redis, run).set_status(JobStatus.STARTED)
    assert queue.nudge([run]) == 0
    assert queue.requeue_lost([run]) == 1
    assert queued(redis) == [job_id(run)]


def test_a_queue_that_is_away_does_no_harm(tmp_path: Path) -> None:
    nobody = Redis(unix_socket_path=str(tmp_path / "none.sock"), retry=Retry(NoBackoff(), 0))
    queue = RunQueue(nobody)
    assert queue.nudge([uuid.uuid4()]) == queue.requeue_lost([uuid.uuid4()]) == 0


def test_the_worker_hands_ids_to_what_it_holds_and_outlives_what_fails(redis: Redis) -> None:
    seen: list[uuid.UUID] = []
    runs = [uuid.uuid4() for _ in range(3)]

    def process(run: uuid.UUID) -> None:
        seen.append(run)
        if run == runs[1]:
            raise RuntimeError("this one fails")

    RunQueue(redis).nudge(runs)
    PageWorker(redis, process, "w", threading.Event()).work(burst=True, logging_level="CRITICAL")
    assert set(seen) == set(runs)
    assert seen.count(runs[1]) > 1
    assert not Job.exists(job_id(runs[0]), connection=redis)
