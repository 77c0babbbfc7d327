"""Look somebody up: record, read, record what is shown, then answer (three transactions, in that order)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.http.problems import Problem
from access.principal import Principal
from index_service.editions.queries import current_edition
from index_service.lookups.edition_asked import edition_asked
from index_service.lookups.operations.record_disclosure import (
    Shown,
    now_held,
    record_disclosure,
    record_failure,
)
from index_service.lookups.operations.record_lookup import record_lookup
from index_service.lookups.tables import Lookup
from index_service.search.queries import Hit, find_versions
from index_service.search.query import Query
from index_service.search.scope import Scope
from storage.database.session import Database


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One hit as the asker may see it: granted fields alone."""

    entry_id: uuid.UUID
    version_id: uuid.UUID
    series_key: str
    office_id: uuid.UUID
    page_id: uuid.UUID
    rule: str
    fields: dict[str, dict[str, Any]]
    has_image: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look answers: its receipt, the edition it was judged at, and the hits, best first."""

    lookup_id: uuid.UUID
    receipt: str
    edition: int
    hits: tuple[ShownHit, ...]
    more: bool


def look_up(
    database: Database,
    *,
    actor: Principal,
    case_folder_id: uuid.UUID,
    query: Query,
    now: Callable[[], datetime],
    as_of: int | None = None,
) -> Answer:
    """Answer one question as of an edition (the current one by default).

    Raises:
        Invalid: the question or the edition cannot be asked.
        NotFound: no such case folder of the actor's organisation.
        Forbidden: the case is closed or its agreement over; the refused look is on record.
    """
    query.check()
    with database.writing() as session:
        edition = edition_asked(current_edition(session), as_of)
        recorded = record_lookup(
            session,
            actor=actor,
            case_folder_id=case_folder_id,
            kind="search",
            query=query.as_json(),
            edition=edition,
            among=query.name_fields,
            at=now(),
        )
    if isinstance(recorded, Problem):
        raise recorded
    lookup, scope = recorded
    read, more = _read(database, actor, lookup, query, scope, now)
    with database.writing() as session:
        held = now_held(session, [hit.entry_id for hit in read])
        hits = [hit for hit in read if hit.entry_id not in held]
        shown = [Shown(h.office_id, h.entry_id, h.version_id, None, sorted(h.fields)) for h in hits]
        record_disclosure(session, actor=actor, lookup_id=lookup.id, shown=shown, at=now())
    return Answer(lookup.id, lookup.receipt, edition, tuple(hits), more)


def _read(
    database: Database,
    actor: Principal,
    lookup: Lookup,
    query: Query,
    scope: Scope,
    now: Callable[[], datetime],
) -> tuple[list[ShownHit], bool]:
    try:
        with database.reading() as session:
            hits, more = find_versions(session, query=query, edition=lookup.edition, scope=scope)
            return [_shown(hit, scope) for hit in hits], more
    except Exception:
        with database.writing() as session:
            record_failure(session, actor=actor, lookup_id=lookup.id, at=now())
        raise


def _shown(hit: Hit, scope: Scope) -> ShownHit:
    version = hit.version
    granted = scope.shown(hit.series_key, version.office_id)
    fields = {
        key: {part: version.fields[key][part] for part in ("text", "parsed") if part in version.fields[key]}
        for key in granted
        if key in version.fields
    }
    return ShownHit(
        entry_id=version.entry_id,
        version_id=version.id,
        series_key=hit.series_key,
        office_id=version.office_id,
        page_id=version.page_id,
        rule=hit.rule,
        fields=fields,
        has_image=version.image_id is not None,
    )
