"""Give a request its number."""

from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from index_service.requests.due_dates import day_of
from index_service.requests.tables import Request, RequestCounter
from storage.database.locking import lock_row

_FIRST_OF_YEAR = text(
    "INSERT INTO request_counter (year, last) VALUES (:year, 0) ON CONFLICT (year) DO NOTHING"
)
_REPUBLIC = 1911


def number_request(session: Session, *, at: datetime) -> str:
    """Return the next number of the year of the Republic, such as 115-000001."""
    year = day_of(at).year - _REPUBLIC
    session.execute(_FIRST_OF_YEAR, {"year": year})
    counter = lock_row(session, RequestCounter, year)
    counter.last += 1
    session.flush()
    return f"{year}-{counter.last:06d}"


def number_child(session: Session, parent: Request) -> str:
    """Return the next number of a child request (子案), such as 115-000001-1; the parent is locked."""
    children = session.scalar(select(func.count()).where(Request.parent_id == parent.id)) or 0
    return f"{parent.number}-{children + 1}"
