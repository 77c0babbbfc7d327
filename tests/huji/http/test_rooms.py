"""An application loads what its rooms need, so that it starts soon and stays small."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOADED = """
import json, sys
from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import build_house
url, objects, room = sys.argv[1:]
make_app(build_house(Settings(database_url=url, objects=objects)), (room,))
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize("room", ["index", "ingest"])
def test_a_room_loads_no_worker_no_screen_and_no_absent_store(room: str, tmp_path: Path) -> None:
    words = [f"sqlite:///{tmp_path / 'rows.sqlite3'}", f"files:{tmp_path / 'objects'}", room]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert f"huji.http.{room}_room" in loaded
    unneeded = {
        "huji.processing",
        "ingest.pipeline.run",
        "ingest.ocr.choose",
        "huji.http.viewer_room",
        "minio",
    }
    assert loaded & unneeded == set()
