"""huji admin import-bag, as it is typed."""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huji.cli.main import main
from storage.database.engine import make_engine
from storage.database.session import Database
from tests.imaging.drawn_files import picture, saved
from tests.ingest.bags.bags import bag_files, retagged, write_folder, write_zip
from tests.ingest.house import make_place


@pytest.fixture
def site(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An office with a station and a volume; gives where to write bags."""
    monkeypatch.setenv("HUJI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HUJI_OBJECTS", f"files:{tmp_path / 'objects'}")
    database = Database(make_engine(sqlite_url))
    make_place(database)
    yield tmp_path
    database.dispose()


def typed(bag: Path, *more: str) -> Result:
    """The command."""
    return CliRunner().invoke(main, ["admin", "import-bag", str(bag), "--station", "A01-S1", *more])


def test_a_bag_is_imported_and_told_of(site: Path) -> None:
    files = bag_files([("1.png", saved(picture(), "PNG")), ("2.png", b"no image")])
    result = typed(write_zip(site / "bag.zip", files, "huji-1/"), "--json")
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    assert (told["new"], told["stored"], told["held"]) == (True, ["1.png"], [])
    assert told["refused"][0]["file"] == "2.png"
    again = typed(site / "bag.zip")
    assert "先前已有 held 1" in again.stdout
    assert "不能使用 Refused 2.png" in again.stderr


def test_every_defect_is_on_the_screen(site: Path) -> None:
    files = bag_files([("1.png", b"x")])
    files["data/0001_1.png"] = b"y"
    files["data/more"] = b"z"
    result = typed(write_folder(site / "bag", files))
    assert result.exit_code == 1
    assert "未匯入任何檔案" in result.stderr
    assert len([line for line in result.stderr.splitlines() if line.startswith("  - ")]) >= 4


def test_what_is_no_bag_is_said_to_be_none(site: Path) -> None:
    (site / "x.zip").write_bytes(b"no archive")
    assert "neither a ZIP archive nor a folder" in typed(site / "x.zip").stderr
    (site / "empty").mkdir()
    assert "the bag lacks this file" in typed(site / "empty").stderr
    assert typed(site / "nothing").exit_code == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (6, struct.pack("<H", 99)),  # the version that a member needs: 9.9
        (8, struct.pack("<H", 0x800)),  # its name is said to be UTF-8, and is not
    ],
)
def test_a_damaged_directory_of_an_archive_is_told_in_words(site: Path, field: int, value: bytes) -> None:
    archive = write_zip(site / "v.zip", bag_files([("1.png", b"x")]))
    data = bytearray(archive.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 46 : entry + 47] = b"\xff"
    data[entry + field : entry + field + 2] = value
    archive.write_bytes(data)
    result = typed(archive)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "無法讀取 v.zip" in result.stderr


@pytest.mark.parametrize("text", ["\\ud800", "a\\u0000b"])
@pytest.mark.parametrize("key", ["volume", "idempotency_key", "station"])
def test_a_batch_of_no_text_is_a_defect(site: Path, key: str, text: str) -> None:
    files = bag_files([("1.png", b"x")])
    batch = json.loads(files["huji-manifest.json"]) | {key: "PLACEHOLDER"}
    files["huji-manifest.json"] = json.dumps(batch).replace("PLACEHOLDER", text).encode()
    result = typed(write_folder(site / "bag", retagged(files)))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "NUL or half a character" in result.stderr
