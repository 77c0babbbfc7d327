"""The operator's desk: which entries are staged, least certain first, and one of them beside its page."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import State
from index_service.changesets.queries import (
    change_set_of,
    changes_of,
    doubts_left,
    standing_images,
    standing_version_id,
)
from index_service.changesets.tables import Change
from index_service.entries.tables import Entry, EntryVersion
from index_service.requests.queries import list_most_doubtful
from index_service.requests.rules import DEFAULT_RULES
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage
from viewer.images.flags import ImageFlag, flags_of
from viewer.images.overlay import Picture, field_boxes, picture_of
from viewer.requests.read_request import RequestLine, request_lines
from viewer.work.fields import FieldRow, doubtful_first, doubtful_keys, empty_keys, field_rows

AT_WORK = (
    State.ACCEPTED,
    State.IN_MAINTENANCE,
    State.AWAITING_OFFICE,
    State.AWAITING_RESCAN,
    State.AWAITING_CONFIRMATION,
)
CUT_MARGIN = 40
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One staged entry in the queue."""

    change_id: uuid.UUID
    page: str
    name: str
    least: float | None
    doubts: int
    reviewed: bool


@dataclass(frozen=True, slots=True)
class EntryDesk:
    """One staged entry in hand: fields, page image with their boxes, and a cutting at full size."""

    change_id: uuid.UUID
    row_version: int
    action: str
    page: str
    page_id: uuid.UUID
    series_key: str
    fields: tuple[FieldRow, ...]
    empty: tuple[FieldRow, ...]
    picture: Picture | None
    others: tuple[tuple[int, Picture], ...]
    cuttings: dict[str, str]
    flags: tuple[ImageFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageLine:
    """One staged image of a page."""

    action: str
    page: str
    page_id: uuid.UUID
    image_id: uuid.UUID | None
    view: int


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One request assigned: how many entries nobody has reviewed, and the least confidence among them."""

    line: RequestLine
    left: int
    least: float | None


def my_work(session: Session, actor: Principal) -> list[WorkLine]:
    """Return the requests assigned to the actor that are not over, the most doubtful first."""
    found = list_most_doubtful(
        session,
        actor=actor,
        states=[state.value for state in AT_WORK],
        operator_id=actor.account_id,
        doubt_below=DEFAULT_RULES.doubt_below,
        limit=MOST_SHOWN,
    )
    doubts = doubts_left(session, [one.id for one in found], doubt_below=DEFAULT_RULES.doubt_below)
    return [WorkLine(line, *doubts.get(line.id, (0, None))) for line in request_lines(session, found)]


def staged_entries(session: Session, request: Request) -> list[EntryLine]:
    """Return the entries a request stages, least certain first; what is reviewed comes after what is not.

    An entry of which a field is left in doubt is not reviewed, whoever saved it.
    """
    lines = [
        EntryLine(
            change_id=change.id,
            page=page,
            name=str(version.fields.get("name", {}).get("text") or "—"),
            least=change.least_confidence,
            doubts=len(doubtful_keys(version.fields)),
            reviewed=change.reviewed_by is not None and not doubtful_keys(version.fields),
        )
        for change, version, page in _entry_changes(session, request)
    ]
    return sorted(lines, key=lambda line: line.reviewed)


def staged_images(session: Session, request: Request) -> list[ImageLine]:
    """Return the images a request stages."""
    change_set = change_set_of(session, request.id)
    changes: Sequence[Change] = changes_of(session, change_set.id) if change_set else ()
    return [
        ImageLine(
            change.action,
            session.get_one(Page, change.page_id).designation,
            change.page_id,
            change.new_image_id,
            change.view,
        )
        for change in changes
        if change.action.startswith("image")
    ]


def entry_desk(
    session: Session, request: Request, change_id: uuid.UUID, *, actor: Principal
) -> EntryDesk | None:
    """Return one staged entry of the request as the actor may see it; None if it stages none of that id."""
    found = [row for row in _entry_changes(session, request) if row[0].id == change_id]
    if not found:
        return None
    change, version, page = found[0]
    series_key = session.get_one(Entry, version.entry_id).series_key
    image = session.get(PageImage, version.image_id) if version.image_id else None
    picture = _picture(image, version) if image else None
    return EntryDesk(
        change_id=change.id,
        row_version=change.row_version,
        action=change.action,
        page=page,
        page_id=change.page_id,
        series_key=series_key,
        fields=tuple(doubtful_first(field_rows(series_key, version.fields))),
        empty=tuple(empty_keys(series_key, version.fields)),
        picture=picture,
        others=tuple(_other_views(session, request, change.page_id, version.image_id)),
        cuttings=_cuttings(picture) if picture else {},
        flags=tuple(flags_of(session, [image.id], actor=actor)) if image else (),
    )


def is_staged(session: Session, request: Request, item_id: uuid.UUID) -> bool:
    """Tell whether something is staged for an item already."""
    change_set = change_set_of(session, request.id)
    return change_set is not None and any(
        change.item_id == item_id for change in changes_of(session, change_set.id)
    )


def standing_fields(session: Session, entry_id: uuid.UUID) -> EntryVersion | None:
    """Return the version of an entry that stands published."""
    version_id = standing_version_id(session, entry_id)
    return session.get(EntryVersion, version_id) if version_id else None


def _entry_changes(session: Session, request: Request) -> list[tuple[Change, EntryVersion, str]]:
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    rows = session.execute(
        select(Change, EntryVersion, Page.designation)
        .join(EntryVersion, EntryVersion.id == Change.new_version_id)
        .join(Page, Page.id == Change.page_id)
        .where(Change.change_set_id == change_set.id)
        .order_by(Change.least_confidence, Page.sequence, EntryVersion.ordinal, Change.id)
    )
    return list(rows)


def _other_views(
    session: Session, request: Request, page_id: uuid.UUID, shown: uuid.UUID | None
) -> Iterator[tuple[int, Picture]]:
    """Yield the page's other views as the request would leave them: a slip (浮籤), or what lies under it."""
    images = standing_images(session, page_id)
    change_set = change_set_of(session, request.id)
    of_page = select(Change).where(Change.page_id == page_id, Change.action.like("image%"))
    for change in session.scalars(of_page.filter_by(change_set_id=change_set.id)) if change_set else ():
        images.pop(change.view, None)
        images |= {change.view: change.new_image_id} if change.new_image_id else {}
    for view, image_id in sorted(images.items()):
        if image_id != shown:
            yield view, picture_of(session.get_one(PageImage, image_id))


def _picture(image: PageImage, version: EntryVersion) -> Picture:
    boxes = field_boxes(version.fields, doubtful_keys(version.fields))
    return picture_of(image, [("region", version.region, "region"), *boxes])


def _cuttings(picture: Picture) -> dict[str, str]:
    """Return, by field key, the address of its box cut out at full size."""
    return {
        box.key: f"/images/{picture.image_id}/region.jpg?box={box.padded(CUT_MARGIN)}"
        for box in picture.boxes
    }
