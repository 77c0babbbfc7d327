"""Say everything that is wrong with the days that a series and its date fields are bounded by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeGuard

from domain.series.judge_value import unknown

_ENDS = ("first", "last")


def find_period_defects(period: object, fields: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Everything wrong with [period], and with `first` and `last` of the fields that set their own."""
    if not isinstance(period, dict):
        yield "period: must be a table with first and last"
        return
    yield from unknown("period", period, _ENDS)
    yield from _ends_defects("period", period, period)
    for number, field in enumerate(fields, start=1):
        where, own = f"field {number} ({field.get('key', 'no key')})", {*field} & {*_ENDS}
        if own and field.get("kind") != "date":
            yield f"{where}: {', '.join(sorted(own))} may bound a date alone"
        elif own:
            yield from _ends_defects(where, field, {**period, **field})


def _ends_defects(where: str, table: Mapping[str, Any], ends: Mapping[str, Any]) -> Iterator[str]:
    """`ends` are those that hold in the end: a field's own, else those of the series."""
    for name in _ENDS:
        if name in table and not _is_day(table[name]):
            yield f"{where}: {name} must be a day without quotes, like 1906-01-01"
    first, last = (ends.get(name) for name in _ENDS)
    if _is_day(first) and _is_day(last) and first > last:
        yield f"{where}: first must not be after last"


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)
