"""A house to open pages of: built once, copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.databases import fresh_sqlite
from tests.viewer.scans import plain_scan
from tests.viewer.world import World, copied_world, make_world


@dataclass(frozen=True)
class Pattern:
    """A world at rest: its database to copy, before and after its first load."""

    world: World
    folder: Path
    empty: Path
    loaded: Path


@pytest.fixture(scope="session")
def pattern(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pattern:
    """The house with everybody in it; then with two pages, one name of which is in doubt."""
    folder = tmp_path_factory.mktemp("world")
    empty, full = folder / "empty.sqlite3", folder / "loaded.sqlite3"
    shutil.copyfile(sqlite_template, empty)
    world = make_world(folder, f"sqlite:///{empty}")
    world.house.database.dispose()
    shutil.copyfile(empty, full)
    loaded = copied_world(world, folder, f"sqlite:///{full}")
    loaded.load([plain_scan(["陳阿土", "林氏好"]), plain_scan(["黃榮華"], tone=220, confidence=0.55)])
    loaded.house.database.dispose()
    return Pattern(world, folder, empty, full)


@pytest.fixture
def world(pattern: Pattern, tmp_path: Path) -> Iterator[World]:
    """A house with everybody in it and nothing loaded."""
    yield from _opened(pattern, pattern.empty, tmp_path)


@pytest.fixture
def loaded(pattern: Pattern, tmp_path: Path) -> Iterator[World]:
    """The house with its first load."""
    yield from _opened(pattern, pattern.loaded, tmp_path)


def _opened(pattern: Pattern, template: Path, folder: Path) -> Iterator[World]:
    with fresh_sqlite(template, folder) as url:
        made = copied_world(pattern.world, pattern.folder, url)
        yield made
        made.house.database.dispose()
