"""The schema as the code declares it: every `tables` module of every room, found by its name."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import MetaData
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

import access
import index_service
import ingest
import storage
import viewer
from storage.database.base import Base
from storage.database.types import Json

_ROOMS: tuple[ModuleType, ...] = (storage, access, index_service, ingest, viewer)

#: Tables and indexes that one engine alone has, made by hand in a migration, begin with one of these.
ENGINE_SPECIFIC = ("search_text_words", "ix_search_text_tokens")


@cache
def load_schema() -> MetaData:
    """Import every `tables` module and return the metadata they share; the folders are walked once."""
    for room in _ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if found.name.endswith(".tables"):
                importlib.import_module(found.name)
    return Base.metadata


def belongs_to_both(
    _item: SchemaItem, name: str | None, _kind: str, _reflected: bool, _other: SchemaItem | None, /
) -> bool:
    """Whether Alembic should compare this object; what only one engine has is left alone."""
    return name is None or not name.startswith(ENGINE_SPECIFIC)


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """How a generated migration writes our own column types; False for Alembic's own way."""
    if kind != "type":
        return False
    if item is Json:
        context.imports.add("from storage.database.types import Json")
        return "Json"
    if not isinstance(item, TypeDecorator) or type(item).__module__.startswith("sqlalchemy"):
        return False
    context.imports.add(f"from {type(item).__module__} import {type(item).__name__}")
    return f"{type(item).__name__}()"
