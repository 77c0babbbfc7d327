"""A house to open pages of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.viewer.scans import plain_scan
from tests.viewer.world import World, make_world


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path) -> Iterator[World]:
    """A house with everybody in it and nothing loaded."""
    made = make_world(tmp_path, sqlite_url)
    yield made
    made.house.database.dispose()


@pytest.fixture
def loaded(world: World) -> World:
    """The house with a first load of two pages, one name of which is in doubt."""
    world.load([plain_scan(["陳阿土", "林氏好"]), plain_scan(["黃榮華"], tone=220, confidence=0.55)])
    return world
