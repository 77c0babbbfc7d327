"""Publish a confirmed request as an edition (更新並提供查詢)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.changesets.queries import change_set_of
from index_service.editions.operations.publish_edition import publish_edition
from index_service.editions.tables import Edition
from index_service.notices.operations.tell_those_shown import tell_those_shown
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.rules import DEFAULT_RULES, RequestRules


def publish_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    at: datetime,
    row_version: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Edition:
    """Make what the office confirmed live, all of it at once, and tell those who were shown what it changes.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses, or a base moved in the last moment; then `reopen_request` is possible.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.PUBLISH, actor=actor, at=at, rules=rules)
    change_set = change_set_of(session, request.id)
    assert change_set is not None, "a confirmed request always has its change set"
    assert actor.account_id is not None, "the workflow lets only a known person publish"
    edition = publish_edition(session, change_set_id=change_set.id, published_by=actor.account_id, at=at)
    tell_those_shown(session, edition=edition, at=at)
    return edition
