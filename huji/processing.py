"""Processing, composed: a worker's tools, the sweeper's task."""

from dataclasses import replace
from datetime import timedelta

from domain.series import load_series
from huji.health.heartbeat import Heartbeat
from huji.nudging import queue_of, redis_of
from huji.scheduler import Task
from huji.wiring import House
from imaging.keep_memory import keep_memory
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools
from ingest.processing.room import ProcessingRoom
from ingest.processing.run_worker import run_worker, worker_name
from ingest.processing.sweep_once import sweep_once


def processing_room(house: House) -> ProcessingRoom:
    """Load the engines and return what a worker works with.

    Raises:
        NoEngine: no recognition engine is both allowed and installed.
    """
    engines = choose_engines(house.settings.engines_forbidden())
    second = engines[1] if house.settings.second_opinion and len(engines) > 1 else None
    tools = PageTools(
        store=house.store,
        decoder=LimitedDecoder(),
        readers=Readers(engines[0], second),
        series=load_series,
    )
    return ProcessingRoom(
        database=house.database,
        tools=tools,
        worker=worker_name(),
        now=house.now,
        lease=timedelta(seconds=house.settings.lease_seconds),
    )


def work(house: House) -> None:
    """Process pages until told to stop, with a heartbeat at every point of the work."""
    keep_memory()
    room = processing_room(house)
    heartbeat = Heartbeat(house.settings.scratch, "worker", room.worker)
    try:
        run_worker(replace(room, at_point=lambda _point: heartbeat.beat()), redis_of(house))
    finally:
        heartbeat.end()


def sweeping(house: House) -> Task:
    """Return the task that enqueues again whatever was lost."""
    queue = queue_of(house)
    return Task(
        "sweep processing runs",
        house.settings.sweep_seconds,
        lambda: sweep_once(house.database, queue, now=house.now),
    )
