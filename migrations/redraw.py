"""Redraw the first migrations from the tables: `python -m migrations.redraw`, before the first release only.

Why, and what it asks of those who run Huji already: docs/decisions/0013-migrations-redrawn-until-a-release.md.
One file a room, in the order in which rooms may refer to each other, and after them the empty step
`first_tables`, which the first hand-made migration follows. Hand-made ones, in files numbered from 0100,
are left alone.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Table
from sqlalchemy.orm import Mapper
from sqlalchemy.schema import SchemaItem

from migrations.schema import load_schema
from storage.database.base import Base
from storage.database.migrate import alembic_config

_VERSIONS = Path(__file__).with_name("versions")
_LAYERS = ("storage", "access", "index_service", "ingest", "viewer")
_LAST = "first_tables"


def rooms_in_order() -> dict[str, list[str]]:
    """Each room's tables, e.g. `storage_intake`; rooms come after those they refer to."""
    modules = {_table(mapper).name: mapper.class_.__module__ for mapper in Base.registry.mappers}
    waiting: dict[str, list[str]] = {}
    for table in load_schema().sorted_tables:
        room = "_".join(modules[table.name].split(".")[:-1])
        waiting.setdefault(room, []).append(table.name)
    rooms: dict[str, list[str]] = {}
    while waiting:
        made = {name for tables in rooms.values() for name in tables}
        ready = [room for room, tables in waiting.items() if _needs(tables) <= made]
        if not ready:
            raise RuntimeError(f"these rooms refer to each other in a circle: {', '.join(waiting)}")
        room = min(ready, key=_layer)
        rooms[room] = waiting.pop(room)
    return rooms


def _layer(room: str) -> int:
    return next(index for index, layer in enumerate(_LAYERS) if room.startswith(layer))


def _table(mapper: Mapper[object]) -> Table:
    table = mapper.local_table
    assert isinstance(table, Table)
    return table


def _needs(tables: list[str]) -> set[str]:
    """The tables outside the room that these refer to."""
    schema = load_schema()
    keys = (key for name in tables for key in schema.tables[name].foreign_keys)
    return {key.column.table.name for key in keys} - set(tables)


def _draw(url: str, folder: Path, name: str, tables: list[str]) -> None:
    """Write one migration that makes these tables into the folder, and run it."""

    def include(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
        owner = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
        return owner in tables

    config = alembic_config(url)
    config.stdout = io.StringIO()
    config.set_main_option("file_template", "%%(rev)s")
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "newline")
    config.attributes |= {"include": include, "batch": False}
    message = f"The first tables of {name}" if tables else "The first tables are made"
    command.revision(config, message, autogenerate=bool(tables), rev_id=name, version_path=str(folder))
    command.upgrade(config, "head")


def _without_remarks(path: Path) -> str:
    """The migration without the generator's remarks."""
    lines = path.read_text().splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("# ###")) + "\n"


def _tidy(folder: Path) -> None:
    """Bring the drawn files into the form that `make check` wants."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    config = str(_VERSIONS.parents[1] / "pyproject.toml")
    for task in (["check", "--fix", "--ignore=D,E501"], ["format"]):
        subprocess.run([ruff, *task, "--quiet", f"--config={config}", str(folder)], check=True)


def draw() -> dict[Path, str]:
    """Return the drawn files with what stands in them, in the order of the steps."""
    load_schema()
    steps = {**rooms_in_order(), _LAST: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for step, tables in steps.items():
            _draw(f"sqlite:///{folder}/draft.sqlite3", folder, step, tables)
        for step in steps:
            (folder / f"{step}.py").write_text(_without_remarks(folder / f"{step}.py"))
        _tidy(folder)
        drawn = {step: (folder / f"{step}.py").read_text() for step in steps}
    return {_VERSIONS / f"{at:04d}_{step}.py": drawn[step] for at, step in enumerate(steps, start=1)}


def drawn_before() -> dict[Path, str]:
    """Return the drawn files that are there."""
    return {path: path.read_text() for path in sorted(_VERSIONS.glob("00[0-9][0-9]_*.py"))}


def redraw() -> list[str]:
    """Replace the drawn files once all of them are drawn; returns their names."""
    drawn = draw()
    for path in drawn_before():
        path.unlink()
    for path, content in drawn.items():
        path.write_text(content)
    return [path.name for path in drawn]


if __name__ == "__main__":
    print("\n".join(redraw()))
