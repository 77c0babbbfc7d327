"""The stations' API as a process of its own that kills itself at a point: `python -m … CONFIG.json`.

A point kills once: its file in `kills` is taken away first. Not a test; the tests start it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn

from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.uploads.room import PART_PATH, UploadRoom
from storage.database.engine import make_engine
from storage.database.session import Database
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.ports import ObjectStore, PartUploads
from storage.objects.s3 import S3ObjectStore, S3PartUploads
from storage.objects.s3_connection import S3Connection
from tests.ingest.house import make_api


def kill_at(kills: Path) -> Callable[[str], None]:
    """Return an at_point that ends this very process, without a word, once at each point asked for."""

    def at_point(name: str) -> None:
        try:
            (kills / name).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    return at_point


def open_stores(config: dict[str, str]) -> tuple[ObjectStore, PartUploads]:
    """Return the stores that the configuration names."""
    if "s3" in config:
        connection = S3Connection(**json.loads(config["s3"]))
        objects = S3ObjectStore(connection)
        return objects, S3PartUploads(connection, objects)
    root = Path(config["files"])
    files = FileObjectStore(root)
    return files, FilePartUploads(root, files, "http://127.0.0.1" + PART_PATH)


def main(path: str) -> None:
    """Serve until killed."""
    config = json.loads(Path(path).read_text())
    store, parts = open_stores(config)
    room = UploadRoom(
        database=Database(make_engine(config["database"])),
        store=store,
        parts=parts,
        inspector=LimitedDecoder(),
        nudge=lambda runs: None,
        at_point=kill_at(Path(config["kills"])),
    )
    uvicorn.run(make_api(room), host="127.0.0.1", port=int(config["port"]), log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1])
