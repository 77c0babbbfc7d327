"""A volume to read once more, on both engines."""

import pytest

from tests.index_service.scene import find_scene
from tests.index_service.walk import published
from tests.ingest.reruns.rereading import Read
from tests.services.kept import Holding


@pytest.fixture
def volume(holding: Holding) -> Read:
    """Two pages published, nobody having confirmed a single field."""
    database = holding(published, "陳大 陳二", "林三")
    with database.reading() as session:
        return Read(database, find_scene(session))
