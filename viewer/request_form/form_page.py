"""Everything the application form's page shows: what was typed, and what there is to choose from."""

from typing import Any

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.series import all_series, load_series
from domain.workflow import Kind, load_fault_codes
from index_service.editions.queries import current_edition, published_versions
from index_service.requests.tables import Request
from storage.catalogue.tables import Page
from viewer.request_form.read_form import TypedForm, TypedItem, read_id
from viewer.requests.queries import entries_on, find_page, volumes_of
from viewer.requests.read_request import read_items
from viewer.words import known_series

KINDS = (Kind.IMAGE_REBUILD, Kind.INDEX_CORRECTION, Kind.ENTRY_CREATION)


def form_values(session: Session, actor: Principal, typed: TypedForm) -> dict[str, Any]:
    """Return the template's values for a form: the typed, and the choices of each item."""
    series = known_series(typed.series_key) or load_series("colonial_register")
    volumes = volumes_of(session, actor.office_id)
    rows = []
    for item in typed.items or [TypedItem()]:
        page = find_page(session, read_id(item.volume), item.page)
        entries = entries_on(session, page, actor) if typed.kind == Kind.INDEX_CORRECTION else []
        rows.append({"typed": item, "entries": entries})
    return {
        "typed": typed,
        "rows": rows,
        "kinds": KINDS,
        "series": all_series(),
        "volumes": volumes,
        "faults": [one for one in load_fault_codes() if typed.kind in one.kinds],
        "fields": series.fields,
    }


def typed_of(session: Session, request: Request) -> TypedForm:
    """Return a stored form as it would have been typed."""
    items = [
        TypedItem(
            fault_code=one.fault_code,
            volume=_volume_id(session, one.page_id) if one.page_id else "",
            page=one.page,
            entry=str(one.entry_id or ""),
            field_key=one.field_key or "",
            stands_now=one.stands_now,
            should_stand=one.should_stand,
        )
        for one in read_items(session, request.id)
    ]
    return TypedForm(
        request.kind, request.series_key, request.contact, request.grounds, request.letter_number, items
    )


def typed_for_entry(session: Session, actor: Principal, entry: str) -> TypedForm:
    """Return a correction begun for one published entry of the actor's own office."""
    entry_id = read_id(entry)
    wanted = [entry_id] if entry_id else []
    found = published_versions(
        session, current_edition(session), entry_ids=wanted, office_id=actor.office_id, include_held=True
    )
    if not found:
        return TypedForm()
    page = session.get_one(Page, found[0].page_id)
    name = str(found[0].fields.get("name", {}).get("text") or "")
    item = TypedItem(
        volume=str(page.volume_id),
        page=page.designation,
        entry=str(found[0].entry_id),
        field_key="name",
        stands_now=name,
    )
    return TypedForm(items=[item])


def _volume_id(session: Session, page_id: Any) -> str:
    return str(session.get_one(Page, page_id).volume_id)
