"""What a confirmed request would publish, counted; and the editions there are."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account
from access.principal import Principal
from index_service.changesets.operations.validate_change_set import bases_stand
from index_service.changesets.queries import change_set_of, changes_of
from index_service.editions.queries import current_edition, list_editions
from index_service.editions.tables import Edition
from index_service.requests.queries import list_requests
from index_service.requests.tables import Request
from storage.organisations.tables import Office
from viewer.requests.read_request import RequestLine, open_actions, request_line


@dataclass(frozen=True, slots=True)
class Ready:
    """A confirmed request: what it changes by kind of change, and whether its bases still stand."""

    line: RequestLine
    counts: dict[str, int]
    bases_stand: bool
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in the list."""

    number: int
    request: RequestLine
    office: str
    publisher: str
    published_at: datetime
    changes: int
    reverses: int | None


def ready_requests(session: Session, actor: Principal) -> list[Ready]:
    """Return the confirmed requests, newest first."""
    return [
        _ready(session, request, actor)
        for request in list_requests(session, actor=actor, states=("confirmed",), limit=100)
    ]


def edition_lines(session: Session, actor: Principal) -> tuple[int, list[EditionLine]]:
    """Return the current edition's number and the newest editions."""
    found = list_editions(session, office_id=None if actor.sees_every_office else actor.office_id)
    return current_edition(session), [_edition(session, one) for one in found]


def _ready(session: Session, request: Request, actor: Principal) -> Ready:
    change_set = change_set_of(session, request.id)
    changes = changes_of(session, change_set.id) if change_set else ()
    return Ready(
        line=request_line(session, request),
        counts=dict(Counter(change.action for change in changes)),
        bases_stand=change_set is not None and bases_stand(session, change_set),
        actions=open_actions(session, request, actor),
    )


def _edition(session: Session, edition: Edition) -> EditionLine:
    name = session.scalar(select(Account.display_name).where(Account.id == edition.published_by))
    return EditionLine(
        number=edition.number,
        request=request_line(session, session.get_one(Request, edition.request_id)),
        office=session.get_one(Office, edition.office_id).name,
        publisher=name or "—",
        published_at=edition.published_at,
        changes=len(changes_of(session, edition.change_set_id)),
        reverses=edition.reverses,
    )
