"""The declarative base every table of the house derives from."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.database.identity import new_id
from storage.database.types import Json, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every constraint carries a name, so that a migration can speak of it on either engine."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this attribute of the class itself
        datetime: UtcDateTime,
        uuid.UUID: Uuid,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Identified:
    """A row with an id of its own, rising with time so that b-trees grow at one end."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
