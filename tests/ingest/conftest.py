"""Fixtures of ingest's tests: a place with a station, and the API over each kind of store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.uploads.room import UploadRoom
from storage.database.session import Database
from tests.ingest.house import Api, Place, make_api, make_place, make_room, on_our_api


@pytest.fixture(scope="session")
def decoder() -> Iterator[LimitedDecoder]:
    """One decoding child for all tests that do not torment theirs."""
    found = LimitedDecoder()
    yield found
    found.close()


@pytest.fixture
def place(sqlite_database: Database) -> Place:
    """A station's place in a SQLite database."""
    return make_place(sqlite_database)


@pytest.fixture
def room(sqlite_database: Database, tmp_path: Path, decoder: LimitedDecoder) -> UploadRoom:
    """The embedded default: SQLite and files."""
    return make_room(sqlite_database, *on_our_api(tmp_path / "objects"), decoder)


@pytest.fixture
def api(room: UploadRoom, place: Place) -> Api:
    """The station's client on the embedded default."""
    return Api(make_api(room), place.key)
