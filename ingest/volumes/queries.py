"""Counting a volume: its pages with the views that are stored, and those under way."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from access.http.cursors import encode_cursor
from access.http.problems import NotFound
from access.principal import Principal
from domain.series import load_series, series_keys
from ingest.volumes.schemas import PageHeld, PageUnderWay, VolumeCount
from storage.catalogue.tables import Page, PageImage, Volume
from storage.intake.tables import BatchPage

UNDER_WAY = ("expected", "pending", "failed", "refused")
Place = tuple[int, uuid.UUID]


def own_volume(session: Session, *, actor: Principal, designation: str) -> Volume:
    """Return the volume of the actor's own office by its 冊號; raises NotFound."""
    volume = None
    if actor.office_id is not None:
        volume = session.scalar(select(Volume).filter_by(office_id=actor.office_id, designation=designation))
    if volume is None:
        raise NotFound("no_such_volume", "本所查無此冊號。", "Your office has no such volume.")
    return volume


def count_volume(session: Session, *, volume: Volume, after: Place | None, limit: int) -> VolumeCount:
    """Return a volume's counts, and `limit` of its pages behind `after` with what is there of each."""
    query = select(Page).where(Page.volume_id == volume.id).order_by(Page.sequence, Page.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(Page.sequence, Page.id) > after)
    pages = session.scalars(query).all()
    series = load_series(volume.series_key) if volume.series_key in series_keys() else None
    grows = series is not None and series.open_ended
    return VolumeCount(
        designation=volume.designation,
        series=volume.series_key,
        title=volume.title,
        expected_pages=None if grows else volume.expected_pages,
        open_ended=grows,
        quality=dict(series.quality) if series is not None else {},
        pages_held=_count_held(session, volume),
        pages_under_way=_count_under_way(session, volume),
        have=_held(session, pages),
        in_progress=_under_way(session, pages),
        next=encode_cursor(pages[-1].sequence, pages[-1].id) if len(pages) == limit else None,
    )


def _held(session: Session, pages: Sequence[Page]) -> list[PageHeld]:
    views: dict[uuid.UUID, set[int]] = {}
    query = select(PageImage.page_id, PageImage.view).where(PageImage.page_id.in_([one.id for one in pages]))
    for page_id, view in session.execute(query.distinct()):
        views.setdefault(page_id, set()).add(view)
    return [
        PageHeld(designation=page.designation, views=sorted(views[page.id]))
        for page in pages
        if page.id in views
    ]


def _under_way(session: Session, pages: Sequence[Page]) -> list[PageUnderWay]:
    rows = session.execute(
        select(Page.designation, BatchPage.view, BatchPage.state)
        .join(BatchPage, BatchPage.page_id == Page.id)
        .where(Page.id.in_([one.id for one in pages]), BatchPage.state.in_(UNDER_WAY))
        .order_by(Page.sequence, Page.id, BatchPage.view, BatchPage.id)
    )
    return [PageUnderWay(designation=name, view=view, state=state) for name, view, state in rows]


def _count_held(session: Session, volume: Volume) -> int:
    query = select(func.count(PageImage.page_id.distinct())).join(Page, Page.id == PageImage.page_id)
    return session.scalar(query.where(Page.volume_id == volume.id)) or 0


def _count_under_way(session: Session, volume: Volume) -> int:
    query = select(func.count(BatchPage.page_id.distinct())).join(Page, Page.id == BatchPage.page_id)
    return session.scalar(query.where(Page.volume_id == volume.id, BatchPage.state.in_(UNDER_WAY))) or 0
