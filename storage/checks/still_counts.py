"""Tell which findings still count: one made beside an image that has been replaced since does not."""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased

from storage.catalogue.tables import PageImage
from storage.checks.tables import PageFinding


def still_counts() -> ColumnElement[bool]:
    """Return the condition on `PageFinding` that nothing has replaced the image it was compared with.

    An image is replaced by a newer one of its page's view. One that was replaced when the finding was made
    counts: a delivery out of step is told by the very images that it replaces. Ids rise with time.
    """
    return and_(~_replaced(whole=True), ~_replaced(whole=False))


def _replaced(*, whole: bool) -> ColumnElement[bool]:
    """Frames and halves each have their index by page and view: asked apart, each question finds its own."""
    other, newer = aliased(PageImage), aliased(PageImage)
    return (
        exists()
        .where(
            other.id == PageFinding.other_image_id,
            newer.page_id == other.page_id,
            newer.view == other.view,
            newer.side.is_(None) if whole else newer.side.is_not(None),
            newer.id > other.id,
            newer.id > PageFinding.id,
        )
        .correlate(PageFinding)
    )
