"""Idempotency-Key on creating posts: the same key and body get the same answer, and create nothing twice."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid
from access.http.tables import IdempotentAnswer
from access.principal import Principal


@dataclass(frozen=True, slots=True)
class Answer:
    """What a creating post answers: the status and the JSON body."""

    status: int
    body: dict[str, Any]


def answer_once(
    session: Session,
    *,
    actor: Principal,
    key: str | None,
    route: str,
    body: object,
    create: Callable[[], Answer],
    at: datetime,
) -> Answer:
    """Run `create` once for this party's key, in the caller's transaction, and keep its answer.

    The key is claimed before anything is created. Of two racing posts with one key the later waits at the
    unique constraint until the earlier commits, and then gives the same answer; where the earlier fails,
    the later creates.

    Raises:
        Invalid: the key is missing or too long.
        Conflict: the key was used for something else.
    """
    owner = _owner(actor)
    if not key or len(key) > 200:
        raise Invalid(
            "idempotency_key_needed",
            "新增資料時須附上 Idempotency-Key（200 字以內）。",
            "A creating post needs an Idempotency-Key header of at most 200 characters.",
        )
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    claim = IdempotentAnswer(
        owner_id=owner, key=key, route=route, body_sha256=digest, status=0, answer={}, created_at=at
    )
    kept = _kept(session, owner, key) or _claim(session, claim)
    if kept is not None:
        return _kept_answer(kept, route, digest)
    answer = create()
    claim.status, claim.answer = answer.status, answer.body
    session.flush()
    return answer


def _kept(session: Session, owner: uuid.UUID, key: str) -> IdempotentAnswer | None:
    return session.scalar(select(IdempotentAnswer).filter_by(owner_id=owner, key=key))


def _claim(session: Session, claim: IdempotentAnswer) -> IdempotentAnswer | None:
    """Take the key; return the answer of whoever took it meanwhile, or None where nobody did."""
    try:
        with session.begin_nested():
            session.add(claim)
    except IntegrityError:
        return _kept(session, claim.owner_id, claim.key)
    return None


def _owner(actor: Principal) -> uuid.UUID:
    owner = actor.account_id or actor.station_id
    assert owner is not None, "a creating post is always made by an account or a station"
    return owner


def _kept_answer(kept: IdempotentAnswer, route: str, digest: str) -> Answer:
    if kept.route != route or kept.body_sha256 != digest:
        raise Conflict(
            "idempotency_key_reused",
            "此 Idempotency-Key 已用於另一筆內容不同的要求，請換一個新的。",
            "This Idempotency-Key was used for a different request: choose a new one.",
        )
    return Answer(kept.status, kept.answer)
