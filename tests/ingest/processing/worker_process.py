"""A worker as a process that kills itself at points: `python -m … CONFIG.json`; the tests start it."""

import json
import logging
import sys
from datetime import timedelta
from pathlib import Path

from redis import Redis

from domain.series import load_series
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools
from ingest.processing.room import ProcessingRoom
from ingest.processing.run_worker import run_worker, worker_name
from storage.database.engine import make_engine
from storage.database.session import Database
from tests.ingest.house import now
from tests.ingest.kept_alive import keep_alive, kill_at
from tests.ingest.uploads.api_process import open_stores


def serve(config: dict[str, str]) -> None:
    """Work until killed, with the recogniser that works in production."""
    store, _ = open_stores(config)
    tools = PageTools(store, LimitedDecoder(), Readers(choose_engines()[0]), load_series)
    room = ProcessingRoom(
        database=Database(make_engine(config["database"])),
        tools=tools,
        worker=worker_name(),
        now=now,
        lease=timedelta(seconds=2),
        most_attempts=20,
        at_point=kill_at(Path(config["kills"])),
    )
    run_worker(room, Redis.from_url(config["redis"]), poll_seconds=1)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    found = json.loads(Path(sys.argv[1]).read_text())
    if sys.argv[2:] == ["once"]:
        serve(found)
    else:
        keep_alive(lambda: serve(found), Path(found["deaths"]))
