"""A worker's life without Redis, and its end."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from ingest.uploads.room import UploadRoom
from storage.intake.tables import BatchPage
from tests.imaging.drawn_files import picture, saved
from tests.ingest.house import Api, declared


def test_pages_are_processed_without_redis_and_sigterm_ends_the_worker(
    api: Api, room: UploadRoom, tmp_path: Path
) -> None:
    files = [saved(picture(200, 150, seed=n), "PNG") for n in (1, 2)]
    batch = api.declare([declared(f"{n}.png", data, str(n)) for n, data in enumerate(files, 1)]).json()["id"]
    for ordinal, data in enumerate(files, 1):
        api.upload(batch, ordinal, data)
    config = tmp_path / "config.json"
    config.write_text(
        json.dumps(
            {
                "database": str(room.database.engine.url),
                "files": str(tmp_path / "objects"),
                "redis": f"unix://{tmp_path}/nobody.sock",
                "kills": str(tmp_path),
            }
        )
    )
    command = [sys.executable, "-m", "tests.ingest.processing.worker_process", str(config), "once"]
    worker = subprocess.Popen(command)
    try:
        _wait_until_done(room, len(files))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    finally:
        worker.kill()


def _wait_until_done(room: UploadRoom, pages: int) -> None:
    end, done = time.monotonic() + 60, 0
    while done != pages:
        assert time.monotonic() < end, f"{done} of {pages} pages"
        with room.database.reading() as session:
            done = session.scalar(select(func.count()).where(BatchPage.state == "done")) or 0
        time.sleep(0.2)
