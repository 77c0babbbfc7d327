"""Row locks, the house's only locks."""

import uuid
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from storage.database.base import Base

Row = TypeVar("Row", bound=Base)


class RowMissing(LookupError):
    """There is no such row to lock."""


def lock_row(session: Session, model: type[Row], row_id: uuid.UUID | int | str) -> Row:
    """The row as it stands once nobody else changes it; it stays ours until the transaction ends.

    PostgreSQL locks the row; on SQLite a `writing()` session already holds the only write lock.
    Raises RowMissing.
    """
    key = inspect(model).primary_key[0]
    query = select(model).where(key == row_id).with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise RowMissing(f"{model.__name__} {row_id} does not exist")
    return row
