"""Order pages to be scanned again (待補掃)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Invalid
from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request, RescanOrder
from storage.catalogue.tables import Page


@dataclass(frozen=True, slots=True)
class PageToRescan:
    """A page's view, and why the scan at hand will not do."""

    page_id: uuid.UUID
    reason: str
    view: int = 1


def order_rescan(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    pages: Sequence[PageToRescan],
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Ask the station for new scans; the deadline stands still until all of them have come.

    Raises:
        NotFound, Stale: see `lock_request`.
        Invalid: no page, an unknown page, or a page without its reason.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    _require_pages(session, pages)
    said = Said(reasons=tuple(page.reason for page in pages))
    transition(session, request, Action.ORDER_RESCAN, actor=actor, at=at, said=said)
    session.add_all(
        RescanOrder(
            request_id=request.id,
            office_id=session.get_one(Page, page.page_id).office_id,
            page_id=page.page_id,
            view=page.view,
            reason=page.reason.strip(),
            ordered_at=at,
        )
        for page in pages
    )
    session.flush()
    return request


def _require_pages(session: Session, pages: Sequence[PageToRescan]) -> None:
    named = {(page.page_id, page.view) for page in pages}
    known = all(session.get(Page, page.page_id) is not None for page in pages)
    reasoned = all(0 < len(page.reason.strip()) <= 500 for page in pages)
    if not pages or len(named) != len(pages) or not known or not reasoned:
        raise Invalid(
            "rescan_incomplete",
            "補掃須指明現有的簿頁，每頁一次，並各附理由（500 字以內）。",
            "A rescan names existing pages, each once and each with its reason (at most 500 characters).",
        )
