"""A house to open pages of: built once, copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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
def pattern(sqlite_template: Path, sqlite_folder: Path) -> Pattern:
    """The house with everybody in it; then with two pages, one name of which is in doubt."""
    folder = sqlite_folder / "world"
    folder.mkdir()
    empty, full = folder / "empty.sqlite3", folder / "loaded.sqlite3"
    shutil.copyfile(sqlite_template, empty)
    world = make_world(folder, f"sqlite:///{empty}")
    world.house.database.dispose()
    shutil.copyfile(empty, full)
    loaded = copied_world(world, folder, f"sqlite:///{full}")
    loaded.load([plain_scan(["陳阿土", "林氏好"]), plain_scan(["黃榮華"], tone=220, confidence=0.55)])
    loaded.house.database.dispose()
    return Pattern(world, folder, empty, full)


@pytest.fixture(scope="session")
def standing(pattern: Pattern) -> Iterator[tuple[World, Path]]:
    """One application for all tests, which takes a third of a second to compose, and its database's file."""
    path = pattern.folder / "now.sqlite3"
    made = copied_world(pattern.world, pattern.folder, f"sqlite:///{path}")
    yield made, path
    made.house.database.dispose()


@pytest.fixture
def world(standing: tuple[World, Path], pattern: Pattern) -> World:
    """A house with everybody in it and nothing loaded."""
    return _at(standing, pattern.empty)


@pytest.fixture
def loaded(standing: tuple[World, Path], pattern: Pattern) -> World:
    """The house with its first load."""
    return _at(standing, pattern.loaded)


def _at(standing: tuple[World, Path], template: Path) -> World:
    """The house at a moment: its database put back, with nothing of the test before."""
    world, path = standing
    world.house.database.dispose()
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(template, path)
    return world
