"""The images of other volumes that are those of a delivery: a bounded question, by two indexes."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, case, exists, func, select, union
from sqlalchemy.orm import Session, aliased

from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedImage
from ingest.checks.find_elsewhere import Elsewhere
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageTrace
from storage.intake.tables import Batch, BatchPage

_Fresh, _Other = aliased(PageImage), aliased(PageImage)


MOST = 5000
"""Images asked about in one question: more than most volumes have, fewer than a question may hold."""


def held_elsewhere(session: Session, batch: Batch, images: Sequence[uuid.UUID]) -> list[Elsewhere]:
    """Return for each of some images of a delivery the one of another volume that shows the same of the same
    file, or has the same pixels: the oldest, its own office's before another's.

    One that has been replaced since is not held any more, nor one that was withdrawn, or staged by requests
    that all ended without it.
    """
    parts = (images[start : start + MOST] for start in range(0, len(images), MOST))
    return [found for part in parts for found in _held(session, batch, part)]


def _held(session: Session, batch: Batch, images: Sequence[uuid.UUID]) -> list[Elsewhere]:
    same = union(_of_one_file(batch, images), _of_the_same_pixels(batch, images)).subquery()
    own = case((Volume.office_id == batch.office_id, 0), else_=1)
    # A notice that a page is missing may be one file in every volume: of all that hold it one is fetched.
    place = func.row_number().over(partition_by=same.c.fresh, order_by=(own, same.c.other))
    ranked = (
        select(same.c.fresh, same.c.other, Volume.office_id, place.label("place"))
        .join(PageImage, PageImage.id == same.c.other)
        .join(Page, Page.id == PageImage.page_id)
        .join(Volume, Volume.id == Page.volume_id)
        .where(Volume.id != batch.volume_id, ~_replaced(whole=True), ~_replaced(whole=False), ~_given_up())
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.fresh, ranked.c.other, ranked.c.office_id).where(ranked.c.place == 1)
    )
    return [Elsewhere(fresh, other, office == batch.office_id) for fresh, other, office in rows]


def _replaced(*, whole: bool) -> ColumnElement[bool]:
    """Frames and halves each have their index by page and view: asked apart, each question finds its own."""
    newer = aliased(PageImage)
    return exists().where(
        newer.page_id == PageImage.page_id,
        newer.view == PageImage.view,
        newer.side.is_(None) if whole else newer.side.is_not(None),
        newer.id > PageImage.id,
    )


def _given_up() -> ColumnElement[bool]:
    """Tell whether requests staged the image, none may still publish it, and it does not stand published."""
    staged = (Change.page_id == PageImage.page_id) & (Change.new_image_id == PageImage.id)
    of_open = (ChangeSet.id == Change.change_set_id) & (ChangeSet.state == "open")
    standing = (PublishedImage.image_id == PageImage.id) & stands_now(PublishedImage)
    return exists().where(staged) & ~exists().where(staged, of_open) & ~exists().where(standing)


def _of_one_file(batch: Batch, images: Sequence[uuid.UUID]) -> Select[object, object]:
    return (
        _pairs(batch, images)
        .join(_Other, (_Other.master_sha256 == _Fresh.master_sha256) & (_Other.frame == _Fresh.frame))
        .where(_Other.side.is_not_distinct_from(_Fresh.side), _Other.id != _Fresh.id)
    )


def _of_the_same_pixels(batch: Batch, images: Sequence[uuid.UUID]) -> Select[object, object]:
    ours, theirs = aliased(PageTrace), aliased(PageTrace)
    return (
        _pairs(batch, images)
        .join(ours, ours.page_image_id == _Fresh.id)
        .join(theirs, theirs.pixels_sha256 == ours.pixels_sha256)
        .where(theirs.volume_id != batch.volume_id)
        .join(_Other, _Other.id == theirs.page_image_id)
    )


def _pairs(batch: Batch, images: Sequence[uuid.UUID]) -> Select[object, object]:
    return (
        select(_Fresh.id.label("fresh"), _Other.id.label("other"))
        .select_from(BatchPage)
        .join(_Fresh, _Fresh.id == BatchPage.page_image_id)
        .where(BatchPage.batch_id == batch.id, _Fresh.id.in_(images))
    )
