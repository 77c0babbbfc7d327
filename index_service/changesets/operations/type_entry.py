"""Stage an entry that the operator typed."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.operations.stage_entry_created import stage_entry_created
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.field_values import Fields, edited_value
from index_service.entries.parsed_forms import parsed_form
from storage.catalogue.tables import Page, Volume


def type_entry(
    session: Session,
    *,
    change_set: ChangeSet,
    page_id: uuid.UUID,
    image_id: uuid.UUID | None,
    region: list[Any] | None,
    texts: Mapping[str, str],
    boxes: Mapping[str, list[float]],
    actor: Principal,
    at: datetime,
    ordinal: int = 0,
    item_id: uuid.UUID | None = None,
    inks: Mapping[str, Sequence[str]] | None = None,
) -> Change:
    """Stage a new entry of a page whose every value the operator stands behind.

    `inks` are those seen in the boxes, one a line, where recognition told them.

    Raises:
        NotFound: there is no such page.
        Conflict, Invalid: see `stage_entry_created`.
    """
    page = session.get(Page, page_id)
    if page is None:
        raise NotFound("page_unknown", "查無此簿頁。", "There is no such page.")
    series_key = session.get_one(Volume, page.volume_id).series_key
    return stage_entry_created(
        session,
        change_set=change_set,
        page=page,
        series_key=series_key,
        image_id=image_id,
        fields=_typed(series_key, texts, boxes, inks or {}, actor),
        region=region,
        ordinal=ordinal,
        item_id=item_id,
        actor=actor,
        at=at,
    )


def _typed(
    series_key: str,
    texts: Mapping[str, str],
    boxes: Mapping[str, list[float]],
    inks: Mapping[str, Sequence[str]],
    actor: Principal,
) -> Fields:
    assert actor.account_id is not None, "only a person types a value"
    fields: Fields = {}
    for key, text in texts.items():
        seen = {"box": boxes.get(key), "inks": inks.get(key)}
        value = edited_value(text, by=actor.account_id, before=seen)
        parsed = parsed_form(series_key, key, text)
        fields[key] = value if parsed is None else value | {"parsed": parsed}
    return fields
