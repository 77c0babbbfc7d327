"""Finding the rescan orders that an office's stations shall answer."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Label, State, fault_label
from index_service.requests.tables import Request, RequestItem, RescanOrder
from ingest.orders.schemas import OrderView
from storage.catalogue.tables import Page, Volume
from storage.intake.tables import Batch, BatchPage


def open_orders(
    session: Session, *, actor: Principal, after: uuid.UUID | None, limit: int
) -> tuple[list[OrderView], uuid.UUID | None]:
    """Return open orders for pages that the actor's own office keeps, oldest first, and the last one's id.

    The request may be another office's, about our page. None are told to who acts for no office.
    """
    rows = _rows(session, actor, after, limit)
    return [_order(row) for row in rows], rows[-1][0].id if len(rows) == limit else None


def _rows(
    session: Session, actor: Principal, after: uuid.UUID | None, limit: int
) -> Sequence[Row[RescanOrder, str, str, str, str | None, bool]]:
    fault = (
        select(func.min(RequestItem.fault_code))
        .where(RequestItem.request_id == RescanOrder.request_id, RequestItem.page_id == RescanOrder.page_id)
        .scalar_subquery()
    )
    coming = (
        exists()
        .where(Batch.request_id == RescanOrder.request_id, BatchPage.batch_id == Batch.id)
        .where(BatchPage.page_id == RescanOrder.page_id, BatchPage.view == RescanOrder.view)
        .where(BatchPage.state.in_(("expected", "pending")))
    )
    query = (
        select(RescanOrder, Request.number, Volume.designation, Page.designation, fault, coming)
        .join(Request, Request.id == RescanOrder.request_id)
        .join(Page, Page.id == RescanOrder.page_id)
        .join(Volume, Volume.id == Page.volume_id)
        .where(RescanOrder.office_id == actor.office_id, RescanOrder.answered_at.is_(None))
        .where(Request.state == State.AWAITING_RESCAN.value)
        .order_by(RescanOrder.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(RescanOrder.id > after)
    return session.execute(query).all()


def _order(row: Row[RescanOrder, str, str, str, str | None, bool]) -> OrderView:
    order, number, volume, page, fault, coming = row
    called = fault_label(fault) if fault else Label("", "")
    return OrderView(
        request_id=order.request_id,
        request_number=number,
        volume=volume,
        designation=page,
        view=order.view,
        fault=fault,
        fault_zh=called.zh,
        fault_en=called.en,
        note=order.reason,
        ordered_at=order.ordered_at,
        on_its_way=coming,
    )
