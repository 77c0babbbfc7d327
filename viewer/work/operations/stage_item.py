"""Stage what an item of a maintenance request asks for: a correction, or a new entry."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid, NotFound
from access.principal import Principal
from index_service.changesets.operations.require_editable import require_editable
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.changesets.operations.type_entry import type_entry
from index_service.changesets.queries import change_set_of, standing_image_id
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.queries import items_of
from index_service.requests.tables import RequestItem
from viewer.work.recognised_lines import recognised_line


def stage_item(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    item_id: uuid.UUID,
    texts: Mapping[str, str],
    line: int | None,
    at: datetime,
) -> Change:
    """Stage an item: new texts of the entry it names, or an entry on the page it names.

    `line` is the number of a line recognised on the page, whose box and ink a new entry's name takes.

    Raises:
        NotFound: no such item of the request.
        Invalid: nothing was typed.
        Conflict: the request may not be worked on now; see `stage_entry_updated` too.
    """
    change_set = change_set_of(session, request_id)
    item = next((one for one in items_of(session, request_id) if one.id == item_id), None)
    if change_set is None or item is None:
        raise NotFound("item_unknown", "本案查無此項目。", "The request has no such item.")
    require_editable(session, change_set.id, actor=actor)
    if not texts:
        raise Invalid("nothing_typed", "請至少填寫或更正一個欄位。", "Fill in or correct one field at least.")
    if item.entry_id is not None:
        return stage_entry_updated(
            session,
            change_set=change_set,
            entry_id=item.entry_id,
            texts=texts,
            actor=actor,
            at=at,
            item_id=item.id,
        )
    return _create(session, change_set, item, texts, line, actor=actor, at=at)


def _create(
    session: Session,
    change_set: ChangeSet,
    item: RequestItem,
    texts: Mapping[str, str],
    line: int | None,
    *,
    actor: Principal,
    at: datetime,
) -> Change:
    if item.page_id is None:
        raise Conflict(
            "item_without_page",
            "此項目沒有指明簿頁，請退回補正。",
            "The item names no page: have the request returned for it.",
        )
    image_id = standing_image_id(session, item.page_id, 1)
    found = recognised_line(session, image_id, line) if image_id and line is not None else None
    box = list(found.box) if found else None
    return type_entry(
        session,
        change_set=change_set,
        page_id=item.page_id,
        image_id=image_id,
        region=box,
        texts=texts,
        boxes={"name": box} if box else {},
        inks={"name": [found.ink]} if found and found.ink else {},
        actor=actor,
        at=at,
        item_id=item.id,
    )
