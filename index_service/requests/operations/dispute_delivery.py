"""Dispute a delivery (提出異議)."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Invalid
from access.principal import Principal
from domain.workflow import Action, Kind
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.pages_required import pages_required
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request


def dispute_delivery(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    item_reasons: Mapping[uuid.UUID, str],
    at: datetime,
    row_version: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Send a delivery back with reasons per item; every confirmation of it is void.

    If a page of a first load that was opened as a sample is disputed, the sample has failed: from then on
    the whole volume has to be opened.

    Raises:
        NotFound, Stale: see `lock_request`.
        Invalid: a reason is given for an item that is not this request's.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    items = {item.id: item for item in items_of(session, request.id)}
    if not item_reasons.keys() <= items.keys():
        raise Invalid(
            "item_unknown",
            "所列項目不屬於本案，請重新選取。",
            "An item named is not this request's: choose again.",
        )
    disputed = {items[item_id].page_id for item_id in item_reasons}
    failed = _hits_sample(session, request, disputed, rules)
    transition(
        session,
        request,
        Action.DISPUTE,
        actor=actor,
        at=at,
        said=Said(item_reasons=item_reasons),
        rules=rules,
    )
    request.whole_volume_required = request.whole_volume_required or failed
    session.flush()
    return request


def _hits_sample(
    session: Session, request: Request, disputed: set[uuid.UUID | None], rules: RequestRules
) -> bool:
    if request.kind != Kind.FIRST_LOAD:
        return False
    return any(
        page.page_id in disputed
        for page in pages_required(session, request, rules=rules)
        if page.why == "sample"
    )
