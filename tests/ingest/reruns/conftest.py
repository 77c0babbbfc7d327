"""A volume to read once more, on both engines."""

import pytest

from storage.database.session import Database
from tests.index_service.scene import set_scene
from tests.index_service.walk import load
from tests.ingest.reruns.rereading import Read


@pytest.fixture
def volume(database: Database) -> Read:
    """Two pages published, nobody having confirmed a single field."""
    with database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [["陳大", "陳二"], ["林三"]])
    return Read(database, scene)
