"""Rooms are named for what is in them, and say it."""

import ast
from pathlib import Path

from tests.house.tree import ROOMS, ROOT, files_ending, project_settings, read_text, tracked_files

_NAMELESS = {"utils", "util", "common", "helpers", "helper", "misc"}


def nameless(paths: list[Path]) -> list[str]:
    """Return the paths of which a file or folder says nothing by its name."""
    return [str(path) for path in paths if _NAMELESS & {*path.parts[:-1], path.stem}]


def undescribed(sources: dict[Path, str]) -> list[str]:
    """Return the packages whose __init__ has no docstring."""
    inits = {path: text for path, text in sources.items() if path.name == "__init__.py"}
    return [str(path) for path, text in inits.items() if not ast.get_docstring(ast.parse(text))]


def test_no_room_is_a_lumber_room() -> None:
    """Nothing is called utils, common, helpers or misc."""
    assert not nameless(list(tracked_files()))
    assert nameless([Path("domain/utils/fold.py"), Path("viewer/helpers.py")]) == [
        "domain/utils/fold.py",
        "viewer/helpers.py",
    ]


def test_every_package_says_what_it_is() -> None:
    """Each folder of Python in a room is a package whose docstring says what it holds."""
    sources = {path: read_text(path) or "" for path in files_ending(".py") if path.parts[0] in ROOMS}
    bare = {str(path.parent) for path in sources} - {
        str(path.parent) for path in sources if path.name == "__init__.py"
    }
    assert not bare
    assert not undescribed(sources)
    assert undescribed({Path("a/__init__.py"): "", Path("b/__init__.py"): '"""Says."""'}) == ["a/__init__.py"]


def test_every_room_is_checked() -> None:
    """A new top-level package is typed and under the import contracts, or this fails."""
    rooms = {path.parts[0] for path in tracked_files() if len(path.parts) > 1 and path.name == "__init__.py"}
    settings = project_settings()["tool"]
    assert rooms - {"tests", "migrations"} == set(ROOMS)
    assert set(settings["mypy"]["packages"]) == set(ROOMS)
    assert set(settings["importlinter"]["root_packages"]) == set(ROOMS)
    assert all((ROOT / room / "__init__.py").is_file() for room in ROOMS)
