"""Deliver the messages that are due, each by one deliverer at a time."""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from storage.database.clock import database_now
from storage.database.identity import new_id
from storage.database.outbox.tables import Outbox
from storage.database.session import Database

_log = logging.getLogger(__name__)

#: A handler must end well within this; after it, another deliverer takes the message for abandoned.
CLAIM = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


class DeliveryFailed(Exception):
    """A handler could not deliver; its message is kept with the row, so it holds no personal data."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a handler gets; `id` is the same at every attempt, so a receiver can tell a repetition."""

    id: uuid.UUID
    topic: str
    payload: dict[str, Any]
    attempt: int


Handler = Callable[[Message], None]


def deliver_due(
    database: Database, handlers: Mapping[str, Handler], limit: int = 100, claim_for: timedelta = CLAIM
) -> int:
    """Run the handler of each due message of a handled topic, oldest first; returns how many succeeded.

    No transaction is open while a handler runs. A message whose handler raised comes due again after a
    wait that doubles from `FIRST_WAIT` to `LONGEST_WAIT`; one whose deliverer died, after `claim_for`.
    """
    delivered = 0
    for _ in range(limit):
        claimed = _claim_next(database, list(handlers), claim_for)
        if claimed is None:
            break
        claim, message = claimed
        error = _run(handlers[message.topic], message)
        _settle(database, claim, message, error)
        delivered += error is None
    return delivered


def _claim_next(
    database: Database, topics: list[str], claim_for: timedelta
) -> tuple[uuid.UUID, Message] | None:
    with database.writing() as session:
        now = database_now(session)
        row = _next_due(session, topics, now)
        if row is None:
            return None
        row.claim, row.claimed_until = new_id(), now + claim_for
        row.attempts += 1
        return row.claim, Message(row.id, row.topic, row.payload, row.attempts)


def _next_due(session: Session, topics: list[str], now: datetime) -> Outbox | None:
    free = or_(Outbox.claimed_until.is_(None), Outbox.claimed_until <= now)
    query = (
        select(Outbox)
        .where(Outbox.done_at.is_(None), Outbox.due_at <= now, Outbox.topic.in_(topics), free)
        .order_by(Outbox.due_at, Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).first()


def _run(handler: Handler, message: Message) -> str | None:
    """Run the handler; returns what went wrong, in words fit to keep."""
    try:
        handler(message)
    except DeliveryFailed as failure:
        return f"{failure}"[:500]
    except Exception as error:
        _log.exception("outbox message %s (%s) failed", message.id, message.topic)
        return f"unexpected {type(error).__name__}; the log says where"
    return None


def _settle(database: Database, claim: uuid.UUID, message: Message, error: str | None) -> None:
    """Write the outcome, unless the claim ran out and the message is another deliverer's now."""
    with database.writing() as session:
        now = database_now(session)
        outcome: dict[str, Any] = {"claim": None, "claimed_until": None, "last_error": error}
        if error is None:
            outcome["done_at"] = now
        else:
            outcome["due_at"] = now + wait_after(message.attempt)
        ours = (Outbox.id == message.id, Outbox.claim == claim)
        session.execute(update(Outbox).where(*ours).values(**outcome))


def wait_after(attempt: int) -> timedelta:
    """How long a message rests after its nth failed attempt (n from 1)."""
    doublings: int = 2 ** min(attempt - 1, 20)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)
