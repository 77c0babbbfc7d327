"""What every candidate of a question must meet: published, not held, in scope, and its other conditions."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from domain.characters.fold import UNREADABLE
from index_service.editions.queries import entry_not_held, stands_at
from index_service.editions.tables import PublishedEntry, PublishedPlace
from index_service.entries.tables import Entry, EntryVersion
from index_service.search.like import ESCAPE, like_anywhere
from index_service.search.query import Query
from index_service.search.scope import Scope
from index_service.search.tables import SearchDate, SearchText
from storage.catalogue.tables import Page, Volume


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the edition it is judged at, and what the asker may see."""

    session: Session
    query: Query
    edition: int
    scope: Scope


def texts_standing(asked: Asked, among: tuple[str, ...] | None) -> Select[Any]:
    """Select the texts a question may look at, of either kind, with their place in register order."""
    statement = _ordered(SearchText.version_id, SearchText.written).select_from(SearchText)
    return (
        statement.join(PublishedEntry, PublishedEntry.version_id == SearchText.version_id)
        .join(Entry, Entry.id == SearchText.entry_id)
        .join(EntryVersion, EntryVersion.id == SearchText.version_id)
        .where(
            asked.scope.covers(SearchText.office_id, Entry.series_key),
            asked.scope.may_ask(Entry.series_key, SearchText.office_id, SearchText.field_key, among),
            *_standing(asked),
        )
    )


def versions_standing(asked: Asked) -> Select[Any]:
    """Select the versions that meet the other conditions, where no text is asked for, in register order."""
    statement = _ordered(EntryVersion.id.label("version_id"), Entry.series_key.label("written"))
    return (
        statement.select_from(EntryVersion)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(asked.scope.covers(EntryVersion.office_id, Entry.series_key), *_standing(asked))
        .order_by(EntryVersion.page_id, EntryVersion.ordinal, EntryVersion.id)
    )


def place_stands(asked: Asked) -> ColumnElement[bool]:
    """Return the condition that a version may stand at the place asked for; ■ is judged afterwards."""
    place = aliased(SearchText)
    at = place.folded.like(like_anywhere(asked.query.place), escape=ESCAPE)
    return exists().where(
        place.version_id == EntryVersion.id,
        place.kind == "place",
        or_(at, place.folded.contains(UNREADABLE)),
        asked.scope.may_ask(Entry.series_key, EntryVersion.office_id, place.field_key, None),
    )


def _ordered(*columns: Any) -> Select[Any]:
    return select(*columns, EntryVersion.page_id, EntryVersion.ordinal)


def _standing(asked: Asked) -> list[ColumnElement[bool]]:
    query = asked.query
    conditions = [stands_at(PublishedEntry, asked.edition), entry_not_held(PublishedEntry.entry_id)]
    if query.office_id is not None:
        conditions.append(EntryVersion.office_id == query.office_id)
    if query.series:
        conditions.append(Entry.series_key == query.series)
    if query.volume:
        conditions.append(EntryVersion.page_id.in_(_pages_of_volume(asked)))
    return conditions + _on_days(asked)


def _on_days(asked: Asked) -> list[ColumnElement[bool]]:
    days = asked.query.days()
    if days is None:
        return []
    dated = select(SearchDate.version_id).where(SearchDate.earliest <= days[1], SearchDate.latest >= days[0])
    granted = exists().where(
        SearchDate.version_id == EntryVersion.id,
        SearchDate.earliest <= days[1],
        SearchDate.latest >= days[0],
        asked.scope.may_ask(Entry.series_key, EntryVersion.office_id, SearchDate.field_key, None),
    )
    alone = not (asked.query.name or asked.query.place or asked.query.volume)
    return [EntryVersion.id.in_(dated), granted] if alone else [granted]


def _pages_of_volume(asked: Asked) -> Select[Any]:
    pages = (
        select(PublishedPlace.page_id)
        .join(Volume, Volume.id == PublishedPlace.volume_id)
        .where(Volume.designation == asked.query.volume, stands_at(PublishedPlace, asked.edition))
    )
    if not asked.query.page:
        return pages
    return pages.join(Page, Page.id == PublishedPlace.page_id).where(Page.designation == asked.query.page)
