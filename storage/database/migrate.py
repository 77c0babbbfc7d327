"""Bring a database's schema to the newest migration."""

from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database.engine import make_engine


def migrate(url: str) -> None:
    """Upgrade to head, from any earlier state; several processes may try at once, one does it."""
    command.upgrade(alembic_config(url), "head")


def is_current(url: str) -> bool:
    """Whether the schema is at head."""
    wanted = set(ScriptDirectory.from_config(alembic_config(url)).get_heads())
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads()) == wanted
    finally:
        engine.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's settings for this database, with the scripts of the installed `migrations` package."""
    spec = find_spec("migrations")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package `migrations` is not installed beside `storage`")
    config = Config()
    config.set_main_option(
        "script_location", str(Path(spec.submodule_search_locations[0])).replace("%", "%%")
    )
    config.attributes["url"] = url
    return config
