"""What an item of a maintenance request asks of the operator, ready to be staged."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.workflow import Kind
from index_service.changesets.queries import standing_image_id
from index_service.requests.tables import Request
from storage.catalogue.tables import PageImage
from viewer.images.overlay import Picture, field_boxes, picture_of
from viewer.requests.read_request import ItemLine
from viewer.work.fields import FieldRow, empty_keys, field_rows
from viewer.work.queries import is_staged, standing_fields
from viewer.work.recognised_lines import Line, recognised_lines


@dataclass(frozen=True, slots=True)
class ItemDesk:
    """One item: whether something is staged for it, the fields to type, the page as published."""

    item: ItemLine
    staged: bool
    fields: tuple[FieldRow, ...]
    picture: Picture | None
    lines: tuple[Line, ...]
    wanted: dict[str, str]


def item_desks(session: Session, request: Request, items: tuple[ItemLine, ...]) -> list[ItemDesk]:
    """Return the desks of a maintenance request's items; a first load has none, its entries come proposed."""
    if request.kind == Kind.FIRST_LOAD:
        return []
    return [_desk(session, request, item) for item in items]


def _desk(session: Session, request: Request, item: ItemLine) -> ItemDesk:
    version = standing_fields(session, item.entry_id) if item.entry_id else None
    image_id = version.image_id if version else None
    if image_id is None and item.page_id is not None:
        image_id = standing_image_id(session, item.page_id, 1)
    image = session.get(PageImage, image_id) if image_id else None
    creates = version is None and request.kind == Kind.ENTRY_CREATION
    lines = recognised_lines(session, image.id) if image and creates else []
    boxes = (
        [(f"line-{line.number}", list(line.box), "faint") for line in lines]
        if version is None
        else field_boxes(version.fields, frozenset())
    )
    rows = field_rows(request.series_key, version.fields) if version else []
    return ItemDesk(
        item=item,
        staged=is_staged(session, request, item.id),
        fields=tuple(rows or (empty_keys(request.series_key, {}) if creates else ())),
        picture=picture_of(image, boxes) if image else None,
        lines=tuple(lines),
        wanted=_wanted(item),
    )


def _wanted(item: ItemLine) -> dict[str, str]:
    """Return what the office wants to stand, by field key; a new entry's words are taken for its name."""
    key = item.field_key or ("name" if item.entry_id is None else None)
    return {key: item.should_stand} if key and item.should_stand else {}
