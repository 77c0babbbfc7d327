"""Put typed texts into an entry's fields, with the parsed forms that follow from them."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.entries.field_values import Fields, edited_value, placed
from index_service.entries.parsed_forms import parsed_form
from index_service.entries.tables import Entry


def edit_fields(
    session: Session,
    entry_id: uuid.UUID,
    fields: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, str],
    *,
    actor: Principal,
    boxes: Mapping[str, list[Any] | None] | None = None,
) -> Fields:
    """Return the fields with these texts, each confirmed by who typed it, and these boxes."""
    assert actor.account_id is not None, "only a person edits a value"
    series_key = session.get_one(Entry, entry_id).series_key
    edited: Fields = {key: dict(value) for key, value in fields.items()}
    for key, text in texts.items():
        value = edited_value(text, by=actor.account_id, before=edited.get(key))
        parsed = parsed_form(series_key, key, text)
        edited[key] = value if parsed is None else value | {"parsed": parsed}
    for key, box in (boxes or {}).items():
        if key in edited and edited[key].get("box") != box:
            edited[key] = placed(edited[key], box)
    return edited
