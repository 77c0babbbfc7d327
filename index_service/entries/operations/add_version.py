"""Give an entry a new, immutable version."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.series import load_series, series_keys
from index_service.entries.field_values import Fields, doubt_in, has_boxes, is_box, shape_defects
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page, PageImage
from storage.database.locking import lock_row


def add_version(
    session: Session,
    *,
    entry: Entry,
    page: Page,
    image_id: uuid.UUID | None,
    fields: Fields,
    region: list[Any] | None,
    at: datetime,
    ordinal: int = 0,
    doubt: float | None = None,
    created_by: uuid.UUID | None = None,
) -> EntryVersion:
    """Write the next version of an entry; the versions before it stay as they are.

    `doubt` is the least confidence as its maker counted it; without it, the least among unconfirmed values.

    Raises:
        Invalid: values out of shape, fields the series does not have, or boxes without the image they were drawn on.
    """
    _check_fields(entry.series_key, fields)
    _check_region(session, page, image_id, region, fields)
    lock_row(session, Entry, entry.id)
    last = session.scalar(select(func.max(EntryVersion.number)).where(EntryVersion.entry_id == entry.id))
    version = EntryVersion(
        entry_id=entry.id,
        office_id=entry.office_id,
        number=(last or 0) + 1,
        page_id=page.id,
        image_id=image_id,
        ordinal=ordinal,
        region=region,
        fields=fields,
        least_confidence=doubt_in(fields) if doubt is None else doubt,
        created_by=created_by,
        created_at=at,
    )
    session.add(version)
    session.flush()
    return version


def _check_fields(series_key: str, fields: Fields) -> None:
    wrong = shape_defects(fields)
    if series_key in series_keys():
        known = {field.key for field in load_series(series_key).fields}
        wrong += [key for key in fields if key not in known and key not in wrong]
    if wrong:
        raise Invalid(
            "fields_unknown",
            f"下列欄位不屬於此簿冊類別，或內容格式不符：{'、'.join(wrong)}。",
            f"These fields are not of this series, or are not well formed: {', '.join(wrong)}.",
            defects=wrong,
        )


def _check_region(
    session: Session, page: Page, image_id: uuid.UUID | None, region: list[Any] | None, fields: Fields
) -> None:
    if image_id is None:
        if region is not None or has_boxes(fields):
            raise Invalid(
                "region_without_image",
                "框線須註明畫在哪一張影像上；未指定影像時請勿附框線。",
                "A region must name the image it was drawn on: name the image, or leave the region out.",
            )
        return
    image = session.get_one(PageImage, image_id)
    if image.page_id != page.id:
        raise Invalid(
            "image_of_other_page",
            "所指影像不屬於本頁，請改指本頁的影像。",
            "The image named is another page's: name one of this page.",
        )
    if region is not None and not (is_box(region) and _inside(region, image)):
        raise Invalid(
            "region_outside_image",
            "框線超出影像範圍，請重新框選。",
            "The region lies outside its image: draw it again, as [x0, y0, x1, y1] in master pixels.",
        )


def _inside(box: list[Any], image: PageImage) -> bool:
    return bool(box[0] >= 0 and box[1] >= 0 and box[2] <= image.width and box[3] <= image.height)
