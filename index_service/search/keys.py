"""What a version can be found by, computed from its fields: purely, so that a rebuild gives the same."""

from collections.abc import Iterator
from datetime import date as Day

from domain.calendar import InvalidDate, parse_date
from domain.characters import fold, tokens
from domain.places import fold_place
from domain.series import load_series
from index_service.entries.tables import EntryVersion
from index_service.search.tables import SearchDate, SearchText
from index_service.search.types import as_word


def search_rows(version: EntryVersion, series_key: str) -> Iterator[SearchText | SearchDate]:
    """Yield the rows by which a version is found.

    A date nobody can read yields none; one open on a side reaches as far as dates do there.
    """
    series = load_series(series_key)
    for key, value in version.fields.items():
        written = str(value.get("text") or "").strip()
        if not written:
            continue
        kind = series.field(key).kind
        if kind in {"name", "place"}:
            yield _text_row(version, kind, key, written)
        elif kind == "date":
            yield from _date_row(version, key, written)


def _text_row(version: EntryVersion, kind: str, key: str, written: str) -> SearchText:
    folded = fold_place(written) if kind == "place" else fold(written)
    return SearchText(
        version_id=version.id,
        entry_id=version.entry_id,
        office_id=version.office_id,
        kind=kind,
        field_key=key,
        written=written,
        folded=folded,
        tokens=sorted(
            as_word(token) for token in tokens(fold_place(written) if kind == "place" else written)
        ),
    )


def _date_row(version: EntryVersion, key: str, written: str) -> Iterator[SearchDate]:
    try:
        date = parse_date(written)
    except InvalidDate:
        return
    if date.earliest is None and date.latest is None:
        return
    yield SearchDate(
        version_id=version.id,
        entry_id=version.entry_id,
        office_id=version.office_id,
        field_key=key,
        earliest=date.earliest or Day.min,
        latest=date.latest or Day.max,
    )
