"""Check the values of a version and write it: the one place where versions come into being."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.series import load_series, series_keys
from index_service.entries.field_values import Fields, doubt_in, has_boxes, is_box, shape_defects
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page, PageImage


def write_version(
    session: Session,
    *,
    entry: Entry,
    number: int,
    page: Page,
    image_id: uuid.UUID | None,
    fields: Fields,
    region: list[Any] | None,
    ordinal: int,
    doubt: float | None,
    created_by: uuid.UUID | None,
    at: datetime,
) -> EntryVersion:
    """Insert one immutable version; its caller has checked the values and holds the entry."""
    version = EntryVersion(
        entry_id=entry.id,
        office_id=entry.office_id,
        number=number,
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


def check_fields(series_key: str, fields: Fields) -> None:
    """Refuse values out of shape and fields that the series does not have, naming all of them at once.

    Raises:
        Invalid: with the field keys in `defects`.
    """
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


def check_region(
    session: Session, page: Page, image_id: uuid.UUID | None, region: list[Any] | None, fields: Fields
) -> None:
    """Refuse a region or box that no image, another page's image or too small an image stands under.

    Raises:
        Invalid: see above.
    """
    if image_id is None:
        if region is not None or has_boxes(fields):
            raise Invalid(
                "region_without_image",
                "框線須註明畫在哪一張影像上；未指定影像時請勿附框線。",
                "A region must name the image it was drawn on: name the image, or leave the region out.",
            )
        return
    image = session.get(PageImage, image_id)
    if image is None or image.page_id != page.id:
        raise Invalid(
            "image_of_other_page",
            "所指影像不屬於本頁，請改指本頁的影像。",
            "The image named is not one of this page: name one that is.",
        )
    boxes = [region, *(value.get("box") for value in fields.values())]
    if not all(box is None or _inside(box, image) for box in boxes):
        raise Invalid(
            "region_outside_image",
            "框線超出影像範圍，請重新框選。",
            "A box lies outside its image: draw it again, as [x0, y0, x1, y1] in master pixels.",
        )


def _inside(box: list[Any], image: PageImage) -> bool:
    return is_box(box) and box[0] >= 0 and box[1] >= 0 and box[2] <= image.width and box[3] <= image.height
