"""End what stood published and begin what stands now, from one edition on."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Update, insert, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from index_service.changesets.tables import Change
from index_service.editions.spans import Spanned, stands_now
from index_service.editions.tables import PublishedEntry, PublishedImage, PublishedPlace


def close_spans(session: Session, changes: Sequence[Change], *, number: int) -> None:
    """End every row that a change starts from; each must end exactly one, or the transaction fails whole."""
    for change in changes:
        statement = _closing(change)
        if statement is None:
            continue
        ended = session.execute(
            statement.values(to_edition=number), execution_options={"synchronize_session": False}
        )
        assert isinstance(ended, CursorResult)
        if ended.rowcount != 1:
            raise AssertionError(f"change {change.id} ends {ended.rowcount} published rows, not one")


def open_spans(session: Session, changes: Sequence[Change], *, number: int) -> None:
    """Begin a row for everything that a change puts in place."""
    for span, rows in (
        (PublishedEntry, [_entry_row(change) for change in changes if change.new_version_id]),
        (PublishedImage, [_image_row(change) for change in changes if change.new_image_id]),
        (PublishedPlace, [_place_row(change) for change in changes if change.new_volume_id]),
    ):
        _insert(session, span, rows, number)


def _insert(session: Session, span: Spanned, rows: list[dict[str, Any]], number: int) -> None:
    if rows:
        session.execute(insert(span), [{**row, "from_edition": number} for row in rows])


def _closing(change: Change) -> Update | None:
    if change.base_version_id is not None:
        return _ending(PublishedEntry).where(
            PublishedEntry.entry_id == change.entry_id, PublishedEntry.version_id == change.base_version_id
        )
    if change.base_image_id is not None:
        return _ending(PublishedImage).where(
            PublishedImage.page_id == change.page_id,
            PublishedImage.view == change.view,
            PublishedImage.image_id == change.base_image_id,
        )
    if change.base_place is not None:
        return _ending(PublishedPlace).where(
            PublishedPlace.page_id == change.page_id,
            PublishedPlace.volume_id == uuid.UUID(str(change.base_place["volume_id"])),
        )
    return None


def _ending(span: Spanned) -> Update:
    return update(span).where(stands_now(span))


def _entry_row(change: Change) -> dict[str, Any]:
    return {"entry_id": change.entry_id, "version_id": change.new_version_id, "office_id": change.office_id}


def _image_row(change: Change) -> dict[str, Any]:
    return {
        "page_id": change.page_id,
        "view": change.view,
        "image_id": change.new_image_id,
        "office_id": change.office_id,
    }


def _place_row(change: Change) -> dict[str, Any]:
    return {
        "page_id": change.page_id,
        "volume_id": change.new_volume_id,
        "sequence": change.new_sequence,
        "office_id": change.office_id,
    }
