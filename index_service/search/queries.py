"""Finding published versions as of an edition."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session

from domain.characters import matches, query_tokens
from domain.places import fold_place
from index_service.editions.queries import entry_not_held, stands_at
from index_service.editions.tables import PublishedEntry, PublishedPlace
from index_service.entries.tables import Entry, EntryVersion
from index_service.search.engines.choose import engine_of
from index_service.search.query import MOST_HITS, Query
from index_service.search.scope import Scope
from index_service.search.tables import SearchDate, SearchText
from index_service.search.types import as_word
from storage.catalogue.tables import Page, Volume

# Candidates judged in full; a question that has more must be narrowed.
MOST_CANDIDATES = 2000
RULES = ("exact", "variant", "wildcard", "unreadable", "listed")


Found = Select[EntryVersion, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    query: Query
    edition: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Hit:
    """One version found, and by which rule (see domain.characters.matches; "listed" without a name)."""

    entry_id: uuid.UUID
    version: EntryVersion
    series_key: str
    rule: str


def find_versions(session: Session, *, query: Query, edition: int, scope: Scope) -> tuple[list[Hit], bool]:
    """Return the best hits standing published at `edition` in the asker's scope, and whether there are more.

    Best first: exact before variant before wildcard before unreadable, then in register order.
    """
    asked = _Asked(session, query, edition, scope)
    statement = _standing(asked)
    for narrow in (_by_name, _by_place, _by_date, _by_volume):
        statement = narrow(statement, asked)
    if query.office_id is not None:
        statement = statement.where(EntryVersion.office_id == query.office_id)
    if query.series:
        statement = statement.where(Entry.series_key == query.series)
    found = session.execute(statement.order_by(EntryVersion.page_id, EntryVersion.ordinal)).all()
    hits = [
        Hit(version.entry_id, version, series_key, rule)
        for version, series_key in found[:MOST_CANDIDATES]
        if (rule := _rule(query, scope, version, series_key)) is not None
    ]
    hits.sort(key=lambda hit: RULES.index(hit.rule))
    return hits[:MOST_HITS], len(hits) > MOST_HITS or len(found) > MOST_CANDIDATES


def _standing(asked: _Asked) -> Found:
    return (
        select(EntryVersion, Entry.series_key)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(
            stands_at(PublishedEntry, asked.edition),
            entry_not_held(EntryVersion.entry_id),
            asked.scope.covers(EntryVersion.office_id, Entry.series_key),
        )
        .limit(MOST_CANDIDATES + 1)
    )


def _by_name(statement: Found, asked: _Asked) -> Found:
    if not asked.query.name:
        return statement
    return statement.where(_text_stands(asked, "name", asked.query.name, asked.query.name_fields))


def _by_place(statement: Found, asked: _Asked) -> Found:
    if not asked.query.place:
        return statement
    return statement.where(_text_stands(asked, "place", _anywhere(asked.query.place), None))


def _text_stands(
    asked: _Asked, kind: str, pattern: str, fields: tuple[str, ...] | None
) -> ColumnElement[bool]:
    conditions = [
        SearchText.version_id == EntryVersion.id,
        SearchText.kind == kind,
        asked.scope.may_ask(Entry.series_key, SearchText.field_key, fields),
    ]
    return exists().where(*conditions, _may_match(asked.session, pattern))


def _may_match(session: Session, pattern: str) -> ColumnElement[bool]:
    """Return the condition of the token scheme's two arms: names read in full, and names with ■."""
    needed = query_tokens(pattern)
    if not needed.read:
        return true()
    engine = engine_of(session)
    arms = [engine.holds_all([as_word(token) for token in arm]) for arm in (needed.read, needed.unread)]
    return or_(*arms)


def _anywhere(place: str) -> str:
    """Return the pattern that finds a place name anywhere in an address."""
    return f"*{fold_place(place).strip('*')}*"


def _by_date(statement: Found, asked: _Asked) -> Found:
    days = asked.query.days()
    if days is None:
        return statement
    return statement.where(
        exists().where(
            SearchDate.version_id == EntryVersion.id,
            SearchDate.earliest <= days[1],
            SearchDate.latest >= days[0],
            asked.scope.may_ask(Entry.series_key, SearchDate.field_key, None),
        )
    )


def _by_volume(statement: Found, asked: _Asked) -> Found:
    if not asked.query.volume:
        return statement
    conditions = [
        PublishedPlace.page_id == EntryVersion.page_id,
        PublishedPlace.volume_id == Volume.id,
        Volume.designation == asked.query.volume,
        stands_at(PublishedPlace, asked.edition),
    ]
    if asked.query.page:
        conditions += [Page.id == EntryVersion.page_id, Page.designation == asked.query.page]
    return statement.where(exists().where(*conditions))


def _rule(query: Query, scope: Scope, version: EntryVersion, series_key: str) -> str | None:
    """Return the best rule by which a name the asker may see matches; "listed" where none was asked."""
    if query.place and not _place_matches(query, scope, version, series_key):
        return None
    if not query.name:
        return "listed"
    rules = []
    for key in scope.askable(series_key, "name", query.name_fields):
        written = str(version.fields.get(key, {}).get("text") or "")
        match = matches(query.name, written) if written else None
        if match is not None:
            rules.append(match.rule.label)
    return min(rules, key=RULES.index, default=None)


def _place_matches(query: Query, scope: Scope, version: EntryVersion, series_key: str) -> bool:
    pattern = _anywhere(query.place)
    texts = (
        str(version.fields.get(key, {}).get("text") or "") for key in scope.askable(series_key, "place", None)
    )
    return any(matches(pattern, fold_place(text)) is not None for text in texts if text)
