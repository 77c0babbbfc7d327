"""Whether a page has entries that are not drawn on the image being read; writes nothing."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedEntry
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import PageImage


def has_entries_elsewhere(session: Session, image: PageImage) -> bool:
    """Tell whether entries of an image's page stand or are staged drawn on another view, or on no image.

    A second view (浮籤) shows the page's persons once more: beside such entries only a person can tell whose
    line is read. So it is where a person struck out what was proposed on another view.
    """
    stands = exists().where(PublishedEntry.version_id == EntryVersion.id, stands_now(PublishedEntry))
    staged = exists().where(
        Change.new_version_id == EntryVersion.id,
        Change.change_set_id == ChangeSet.id,
        ChangeSet.state == "open",
    )
    struck_out = ~exists().where(Change.entry_id == EntryVersion.entry_id)
    undrawn, on_other_view = EntryVersion.image_id.is_(None), PageImage.view != image.view
    query = (
        select(EntryVersion.id)
        .outerjoin(PageImage, PageImage.id == EntryVersion.image_id)
        .where(EntryVersion.page_id == image.page_id)
        .where(((undrawn | on_other_view) & (stands | staged)) | (on_other_view & struck_out))
    )
    return bool(session.scalar(select(exists(query))))
