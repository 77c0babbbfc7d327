"""Redraw the first migrations from the tables: `python -m migrations.redraw`, before the first release only.

One file a room, in the order in which rooms may refer to each other, and after them the empty step
`first_tables`, which the first hand-made migration follows. Hand-made ones are left alone.
"""

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


def _draw(url: str, name: str, tables: list[str]) -> None:
    """Write one migration that makes these tables, and run it."""

    def include(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
        owner = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
        return owner in tables

    config = alembic_config(url)
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes |= {"include": include, "batch": False}
    message = f"The first tables of {name}" if tables else "The first tables are made"
    command.revision(config, message, autogenerate=bool(tables), rev_id=name)
    command.upgrade(config, "head")


def _tidy(path: Path, number: int) -> None:
    """Drop the generator's remarks; number the file, so that the folder lists them in order."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("# ###")]
    path.unlink()
    path.with_name(f"{number:04d}_{path.name}").write_text("\n".join(lines) + "\n")


def redraw() -> None:
    """Replace the drawn files."""
    load_schema()
    steps = {**rooms_in_order(), _LAST: []}
    for path in _VERSIONS.glob("[0-9]*.py"):
        if path.stem.partition("_")[2] in steps:
            path.unlink()
    kept = {path: path.rename(path.with_suffix(".kept")) for path in _VERSIONS.glob("[0-9]*.py")}
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, tables in steps.items():
                _draw(f"sqlite:///{folder}/draft.sqlite3", name, tables)
    finally:
        for path, aside in kept.items():
            aside.rename(path)
    for number, name in enumerate(steps, start=1):
        _tidy(_VERSIONS / f"{name}.py", number)
    ruff = str(Path(sys.executable).with_name("ruff"))
    for task in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([ruff, *task, str(_VERSIONS)], check=True)


if __name__ == "__main__":
    redraw()
