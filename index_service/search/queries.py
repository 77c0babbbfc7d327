"""Finding published versions as of an edition."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.characters import matches
from domain.places import fold_place
from domain.series import load_series
from index_service.entries.tables import Entry, EntryVersion
from index_service.search.arms import arms
from index_service.search.like import anywhere
from index_service.search.query import MOST_HITS, Query
from index_service.search.scope import Scope
from index_service.search.standing import Asked, place_stands, versions_standing

# Candidates of one arm that are judged; a question that has more must be narrowed.
MOST_CANDIDATES = 1000
RULES = ("exact", "variant", "wildcard", "unreadable", "listed")
LISTED = RULES.index("listed")

Judge = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One version found, and by which rule (see domain.characters.matches; "listed" without a name)."""

    entry_id: uuid.UUID
    version: EntryVersion
    series_key: str
    rule: str


@dataclass(frozen=True, order=True, slots=True)
class _Candidate:
    """A version that matches, in the order of answers: nearest rule first, then register order."""

    rule: int
    page_id: uuid.UUID
    ordinal: int
    version_id: uuid.UUID


def find_versions(session: Session, *, query: Query, edition: int, scope: Scope) -> tuple[list[Hit], bool]:
    """Return the best hits standing published at `edition` in the asker's scope, and whether there are more.

    Best first: exact before variant before wildcard before unreadable, then in register order.
    """
    asked = Asked(session, query, edition, scope)
    found, cut = _candidates(asked)
    hits = []
    for candidate, version, series_key in _loaded(session, found):
        if not (query.name and query.place) or _stands_at_place(asked, version, series_key):
            hits.append(Hit(version.entry_id, version, series_key, RULES[candidate.rule]))
        if len(hits) > MOST_HITS:
            break
    return hits[:MOST_HITS], cut or len(hits) > MOST_HITS


def _candidates(asked: Asked) -> tuple[list[_Candidate], bool]:
    """Return what matches, best first, and whether an arm had more than was judged or was not needed."""
    query = asked.query
    if query.name:
        named = arms(asked, "name", query.name, query.name_fields)
        if query.place:
            named = (arm.where(place_stands(asked)) for arm in named)
        return _judged(asked, named, _by_name(query.name))
    if query.place:
        return _judged(asked, arms(asked, "place", anywhere(query.place), None), _at_place(query.place))
    return _judged(asked, [versions_standing(asked)], lambda _series_key: LISTED)


def _judged(asked: Asked, statements: Iterable[Select[Any]], judge: Judge) -> tuple[list[_Candidate], bool]:
    best: dict[uuid.UUID, _Candidate] = {}
    cut = False
    for statement in statements:
        if len(best) > MOST_HITS and not asked.query.place:
            return sorted(best.values()), True  # what a farther arm finds comes after all of these
        rows = asked.session.execute(statement.limit(MOST_CANDIDATES + 1)).all()
        cut |= len(rows) > MOST_CANDIDATES
        for row in rows[:MOST_CANDIDATES]:
            rule = judge(row.written)
            if rule is not None:
                one = _Candidate(rule, row.page_id, row.ordinal, row.version_id)
                best[one.version_id] = min(one, best.get(one.version_id, one))
    return sorted(best.values()), cut


def _by_name(name: str) -> Judge:
    def judge(written: str) -> int | None:
        match = matches(name, written)
        return None if match is None else RULES.index(match.rule.label)

    return judge


def _at_place(place: str) -> Judge:
    pattern = anywhere(place)
    return lambda written: LISTED if matches(pattern, fold_place(written)) is not None else None


def _loaded(session: Session, candidates: list[_Candidate]) -> Iterable[tuple[_Candidate, EntryVersion, str]]:
    """Yield candidates with their versions, loaded a screenful at a time."""
    for start in range(0, len(candidates), MOST_HITS + 1):
        part = candidates[start : start + MOST_HITS + 1]
        rows = session.execute(
            select(EntryVersion, Entry.series_key)
            .join(Entry, Entry.id == EntryVersion.entry_id)
            .where(EntryVersion.id.in_([one.version_id for one in part]))
        )
        loaded = {version.id: (version, series_key) for version, series_key in rows}
        yield from ((one, *loaded[one.version_id]) for one in part)


def _stands_at_place(asked: Asked, version: EntryVersion, series_key: str) -> bool:
    """Tell whether a place that may be shown is the one asked for; a stored ■ had to wait for this."""
    places = {field.key for field in load_series(series_key).fields if field.kind == "place"}
    shown = places.intersection(asked.scope.shown(series_key, version.office_id))
    judge = _at_place(asked.query.place)
    texts = (str(version.fields.get(key, {}).get("text") or "") for key in shown)
    return any(judge(text) is not None for text in texts if text)
