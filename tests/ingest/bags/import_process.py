"""The import of a bag as a process that kills itself at points: `python -m … CONFIG.json`."""

import json
import signal
import sys
from pathlib import Path

from access.principal import SYSTEM
from ingest.bags.open_source import open_source
from ingest.bags.operations.import_bag import import_bag
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.uploads.room import UploadRoom
from storage.database.engine import make_engine
from storage.database.session import Database
from tests.ingest.bags.silent import Silent
from tests.ingest.house import now
from tests.ingest.kept_alive import keep_alive, kill_at
from tests.ingest.uploads.api_process import open_stores


def run(config: dict[str, str]) -> None:
    """Import the bag, and say so where the test waits for it."""
    store, parts = open_stores(config)
    decoder = LimitedDecoder()
    room = UploadRoom(
        database=Database(make_engine(config["database"])),
        store=store,
        parts=parts,
        inspector=decoder,
        nudge=lambda runs: None,
        at_point=kill_at(Path(config["kills"])),
    )
    report = import_bag(
        room,
        open_source(Path(config["bag"])),
        actor=SYSTEM,
        station_code="A01-S1",
        now=now,
        watch=Silent(),
    )
    decoder.close()
    Path(config["done"]).write_text(json.dumps([report.stored, report.held]))
    signal.pause()


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text())
    keep_alive(lambda: run(found), Path(found["deaths"]))
