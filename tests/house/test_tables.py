"""Tables: each in the package that owns it, no foreign key pointing up, nothing loaded behind one's back."""

import importlib
import inspect
from collections.abc import Iterable
from types import ModuleType

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship

from tests.house.tree import ROOMS, files_ending

LAYERS = ("storage", "access", "index_service", "ingest")
_EXPLICIT = {"raise", "raise_on_sql", "noload", "write_only", "dynamic"}

Owners = dict[Table, str]


def table_modules() -> list[ModuleType]:
    """Import every module named tables, or within a package of that name, that the rooms hold."""
    paths = [path.with_suffix("") for path in files_ending(".py") if path.parts[0] in ROOMS]
    return [importlib.import_module(".".join(path.parts)) for path in paths if "tables" in path.parts]


def mapped_classes(modules: Iterable[ModuleType]) -> list[type[DeclarativeBase]]:
    """Return the mapped classes that these modules define themselves."""
    return [
        value
        for module in modules
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, DeclarativeBase)
        and hasattr(value, "__mapper__")
        and value.__module__ == module.__name__
    ]


def owners_of(modules: Iterable[ModuleType]) -> Owners:
    """Return the room of each table: the first part of the name of the module that defines it."""
    modules = list(modules)
    owners = {kind.__table__: kind.__module__.split(".")[0] for kind in mapped_classes(modules)}
    for module in modules:
        bare = [value for value in vars(module).values() if isinstance(value, Table)]
        owners.update({table: module.__name__.split(".")[0] for table in bare if table not in owners})
    return {table: room for table, room in owners.items() if isinstance(table, Table)}


def keys_pointing_up(owners: Owners) -> list[str]:
    """Return each foreign key whose target lies in a higher room than its source."""
    return [
        f"{table.name}.{key.parent.name} → {key.column}"
        for table, room in owners.items()
        for key in table.foreign_keys
        if LAYERS.index(owners[key.column.table]) > LAYERS.index(room)
    ]


def unnamed_constraints(tables: Iterable[Table]) -> list[str]:
    """Return the constraints that no migration could name."""
    return [f"{table.name}: {item}" for table in tables for item in table.constraints if not item.name]


def silent_loaders(kinds: Iterable[type[DeclarativeBase]]) -> list[str]:
    """Return the relationships that would run a query when merely looked at."""
    return [
        f"{kind.__name__}.{link.key}: lazy={link.lazy!r}"
        for kind in kinds
        for link in kind.__mapper__.relationships
        if link.lazy not in _EXPLICIT
    ]


def test_tables_belong_to_rooms_that_may_have_them() -> None:
    """Rows live in the four rooms of LAYERS alone, and each table in a tables module."""
    owners = owners_of(table_modules())
    assert set(owners.values()) <= set(LAYERS)
    for metadata in {table.metadata for table in owners}:
        assert set(metadata.tables.values()) <= owners.keys()


def test_no_foreign_key_points_up() -> None:
    """A lower room never names a row of a higher one."""
    assert keys_pointing_up(owners_of(table_modules())) == []


def test_constraints_have_names() -> None:
    """Every constraint can be named by a migration."""
    assert unnamed_constraints(owners_of(table_modules())) == []


def test_relationships_load_when_asked() -> None:
    """A relationship raises where it was not loaded on purpose."""
    configure_mappers()
    assert silent_loaders(mapped_classes(table_modules())) == []


@pytest.fixture
def planted() -> tuple[Owners, list[type[DeclarativeBase]]]:
    """A key from storage up to access, a relationship that loads silently, constraints without names."""

    class Base(DeclarativeBase):
        pass

    class Account(Base):
        __tablename__ = "account"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Volume(Base):
        __tablename__ = "volume"
        id: Mapped[int] = mapped_column(primary_key=True)
        account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
        account: Mapped[Account] = relationship()

    tables = Base.metadata.tables
    return {tables["account"]: "access", tables["volume"]: "storage"}, [Account, Volume]


def test_faults_are_seen(planted: tuple[Owners, list[type[DeclarativeBase]]]) -> None:
    """The key, the nameless constraints and the loader are each reported."""
    owners, kinds = planted
    assert keys_pointing_up(owners) == ["volume.account_id → account.id"]
    assert silent_loaders(kinds) == ["Volume.account: lazy='select'"]
    assert len(unnamed_constraints(owners)) == 3


def test_bare_tables_are_owned() -> None:
    """A Table without a class belongs to the module that holds it."""
    module = ModuleType("storage.catalogue.tables")
    module.pairs = Table("pair", MetaData(), Column("id", Integer, primary_key=True))  # type: ignore[attr-defined]  # planted
    assert {table.name: room for table, room in owners_of([module]).items()} == {"pair": "storage"}
