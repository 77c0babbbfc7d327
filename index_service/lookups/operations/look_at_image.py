"""Look at the page behind an entry: record, read and render, record what is shown, then answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import NotFound, Problem
from access.principal import Principal
from index_service.editions.queries import current_edition
from index_service.lookups.edition_asked import edition_asked
from index_service.lookups.operations.record_disclosure import (
    WHOLE_PAGE,
    Shown,
    now_held,
    record_disclosure,
    record_failure,
)
from index_service.lookups.operations.record_lookup import record_lookup
from index_service.lookups.queries import PageBehind, page_behind
from index_service.lookups.render_page import Rendering, render_page
from index_service.lookups.tables import Lookup
from index_service.search.scope import Scope
from storage.database.session import Database
from storage.objects.ports import ObjectStore


@dataclass(frozen=True, slots=True)
class ImageAnswer:
    """A rendered page: its JPEG, the receipt, and the edition it was judged at."""

    lookup_id: uuid.UUID
    receipt: str
    edition: int
    jpeg: bytes


def look_at_image(
    database: Database,
    store: ObjectStore,
    *,
    actor: Principal,
    case_folder_id: uuid.UUID,
    entry_id: uuid.UUID,
    now: Callable[[], datetime],
    as_of: int | None = None,
    view: int | None = None,
) -> ImageAnswer:
    """Render the page that shows an entry, with only the granted boxes of that entry uncovered.

    `view` asks for another view of the page (a slip, 浮籤), which only who may see whole pages is shown.

    Raises:
        NotFound: no such entry stands published in the asker's scope, or its image is held or withdrawn.
        Forbidden: the case is closed or its agreement over; the refused look is on record.
    """
    with database.writing() as session:
        edition = edition_asked(current_edition(session), as_of)
        recorded = record_lookup(
            session,
            actor=actor,
            case_folder_id=case_folder_id,
            kind="image",
            query={"entry": str(entry_id)} | ({} if view is None else {"view": view}),
            edition=edition,
            at=now(),
        )
    if isinstance(recorded, Problem):
        raise recorded
    lookup, scope = recorded
    page, jpeg = _render(database, store, actor, lookup, entry_id, view, scope, now)
    with database.writing() as session:
        held = _record_shown(session, actor, lookup, page, now())
    if held:
        raise _no_image()
    return ImageAnswer(lookup.id, lookup.receipt, edition, jpeg)


def _render(
    database: Database,
    store: ObjectStore,
    actor: Principal,
    lookup: Lookup,
    entry_id: uuid.UUID,
    view: int | None,
    scope: Scope,
    now: Callable[[], datetime],
) -> tuple[PageBehind, bytes]:
    try:
        page = _page(database, lookup, entry_id, view, scope)
        mark = (lookup.receipt, f"{lookup.asked_at:%Y-%m-%d %H:%M}Z", str(actor.account_id))
        rendering = Rendering(page.layout, page.transform, page.boxes, page.whole_page, mark, page.covered)
        return page, render_page(
            rendering, lambda start, size: store.read_range(page.object_key, start, size)
        )
    except Exception:
        with database.writing() as session:
            record_failure(session, actor=actor, lookup_id=lookup.id, at=now())
        raise


def _page(
    database: Database, lookup: Lookup, entry_id: uuid.UUID, view: int | None, scope: Scope
) -> PageBehind:
    with database.reading() as session:
        page = page_behind(session, entry_id=entry_id, edition=lookup.edition, scope=scope, view=view)
    if page is None:
        raise _no_image()
    return page


def _no_image() -> NotFound:
    return NotFound("no_image", "查無可提供的影像。", "There is no image that can be shown to you.")


def _record_shown(session: Session, actor: Principal, lookup: Lookup, page: PageBehind, at: datetime) -> bool:
    """Put on record what the picture uncovers; where a hold came between, that nothing is shown."""
    if now_held(session, [page.entry_id, page.image_id, *page.entries_shown]):
        record_failure(session, actor=actor, lookup_id=lookup.id, at=at)
        return True
    fields = (*page.fields, WHOLE_PAGE) if page.whole_page else page.fields
    shown = Shown(page.office_id, page.entry_id, page.version_id, page.image_id, fields)
    record_disclosure(session, actor=actor, lookup_id=lookup.id, shown=[shown], at=at)
    return False
