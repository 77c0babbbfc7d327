"""What a written value comes to, as the plain JSON kept beside it: one shape for what is read and typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.calendar import InvalidDate, WrittenDate, bound_date, parse_date
from domain.identifiers import InvalidIdentifier, household_number, national_id
from domain.places import Place, WrittenPlace, parse_place
from domain.series.model import Field, Kind, Period

Form = dict[str, Any]


def parsed_form(field: Field, text: str, at: date) -> Form | None:
    """The parsed form of a text in a field; None where the field's kind or the text has none.

    A date is held against the days that the field may be of, and the day `at`.
    """
    if field.kind == "date":
        return _date(text, field.period, at)
    parse = _PARSERS.get(field.kind)
    return parse(text) if parse and text else None


def date_form(written: WrittenDate) -> Form:
    """A date with its range of days."""
    return {
        "era": written.era,
        "year": written.year,
        "month": written.month,
        "day": written.day,
        "precision": written.precision,
        "earliest": written.earliest.isoformat() if written.earliest else None,
        "latest": written.latest.isoformat() if written.latest else None,
        "certainty": written.certainty,
        "remarks": [remark.value for remark in written.remarks],
    }


def place_form(place: WrittenPlace) -> Form | None:
    """The node if there is one only; of several all are candidates and none is chosen."""
    if not place.parts:
        return None
    return {
        "node": place.places[0].id if len(place.places) == 1 else None,
        "name": place.parts[-1],
        "parts": list(place.parts),
        "candidates": [_candidate(one) for one in place.places],
        "rest": place.rest,
    }


def _candidate(place: Place) -> Form:
    return {
        "node": place.id,
        "name": place.title if len(place.unit) == 1 else place.name,
        "since": place.since.isoformat(),
        "until": place.until.isoformat() if place.until else None,
    }


def _date(text: str, period: Period, at: date) -> Form | None:
    try:
        written = parse_date(text)
    except InvalidDate:
        return None
    return date_form(bound_date(written, period.first, period.last, at))


def _place(text: str) -> Form | None:
    return place_form(parse_place(text))


def national_id_form(text: str) -> Form | None:
    """A national number with what its parts say; None where its check digit is wrong."""
    try:
        number = national_id.parse(text)
    except InvalidIdentifier:
        return None
    return {"number": number.number, "holder": number.holder, "county": number.county, "sex": number.sex}


def household_number_form(text: str) -> Form | None:
    """A household's number with its county; None where it is none."""
    try:
        number = household_number.parse(text)
    except InvalidIdentifier:
        return None
    return {"number": number.number, "county": number.county}


_PARSERS: Mapping[Kind, Callable[[str], Form | None]] = {
    "place": _place,
    "national_id": national_id_form,
    "household_number": household_number_form,
}
