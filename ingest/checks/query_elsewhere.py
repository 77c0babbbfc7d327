"""The images of other volumes that are those of a delivery: one question, by two indexes."""

from sqlalchemy import ColumnElement, Select, exists, select, union
from sqlalchemy.orm import Session, aliased

from ingest.checks.find_elsewhere import Elsewhere
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageTrace
from storage.intake.tables import Batch, BatchPage

_Fresh, _Other = aliased(PageImage), aliased(PageImage)


def held_elsewhere(session: Session, batch: Batch) -> list[Elsewhere]:
    """Return each image of a delivery with those of other volumes that show the same of the same file, or
    have the same pixels; one that has been replaced since is not held any more."""
    same = union(_of_one_file(batch), _of_the_same_pixels(batch)).subquery()
    rows = session.execute(
        select(same.c.fresh, same.c.other, Volume.office_id)
        .join(PageImage, PageImage.id == same.c.other)
        .join(Page, Page.id == PageImage.page_id)
        .join(Volume, Volume.id == Page.volume_id)
        .where(Volume.id != batch.volume_id, ~_replaced(whole=True), ~_replaced(whole=False))
        .order_by(same.c.other)
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


def _of_one_file(batch: Batch) -> Select[object, object]:
    return (
        _pairs(batch)
        .join(_Other, (_Other.master_sha256 == _Fresh.master_sha256) & (_Other.frame == _Fresh.frame))
        .where(_Other.side.is_not_distinct_from(_Fresh.side), _Other.id != _Fresh.id)
    )


def _of_the_same_pixels(batch: Batch) -> Select[object, object]:
    ours, theirs = aliased(PageTrace), aliased(PageTrace)
    return (
        _pairs(batch)
        .join(ours, ours.page_image_id == _Fresh.id)
        .join(theirs, theirs.pixels_sha256 == ours.pixels_sha256)
        .where(theirs.volume_id != batch.volume_id)
        .join(_Other, _Other.id == theirs.page_image_id)
    )


def _pairs(batch: Batch) -> Select[object, object]:
    return (
        select(_Fresh.id.label("fresh"), _Other.id.label("other"))
        .select_from(BatchPage)
        .join(_Fresh, _Fresh.id == BatchPage.page_image_id)
        .where(BatchPage.batch_id == batch.id)
    )
