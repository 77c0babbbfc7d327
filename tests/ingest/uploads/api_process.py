"""The API as a process that kills itself at points: `python -m … CONFIG.json`; the tests start it."""

import json
import sys
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
from tests.ingest.kept_alive import keep_alive, kill_at


def open_stores(config: dict[str, str]) -> tuple[ObjectStore, PartUploads]:
    """Return the stores that the configuration names."""
    if "s3" in config:
        connection = S3Connection(**json.loads(config["s3"]))
        objects = S3ObjectStore(connection)
        return objects, S3PartUploads(connection, objects)
    root = Path(config["files"])
    files = FileObjectStore(root)
    return files, FilePartUploads(root, files, "http://127.0.0.1" + PART_PATH)


def serve(config: dict[str, str]) -> None:
    """Serve until killed."""
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
    found = json.loads(Path(sys.argv[1]).read_text())
    keep_alive(lambda: serve(found), Path(found["deaths"]))
