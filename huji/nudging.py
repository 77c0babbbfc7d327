"""The queue that tells workers what is owed, composed; whoever nudges need not load what a worker loads."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from huji.wiring import House
from ingest.processing.run_queue import RunQueue


def redis_of(house: House) -> Redis:
    """Return the connection to the nudging queue; nothing is sent yet.

    An absent Redis must not keep an upload waiting: the run stands in the database.
    """
    return Redis.from_url(house.settings.redis_url, socket_connect_timeout=1.0, retry=Retry(NoBackoff(), 1))


def queue_of(house: House) -> RunQueue:
    """Return the queue that runs are nudged through."""
    return RunQueue(redis_of(house))
