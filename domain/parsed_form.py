"""What a written value comes to, as the plain JSON kept beside it: one shape for what is read and typed."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.calendar import InvalidDate, WrittenDate, parse_date
from domain.identifiers import InvalidIdentifier, household_number, national_id
from domain.places import Place, WrittenPlace, parse_place
from domain.series.model import Kind

Form = dict[str, Any]


def parsed_form(kind: Kind, text: str) -> Form | None:
    """The parsed form of a text in a field of that kind; None where kind or text has none."""
    parse = _PARSERS.get(kind)
    return parse(text) if parse and text else None


def date_form(date: WrittenDate) -> Form:
    """A date with its range of days."""
    return {
        "era": date.era,
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "precision": date.precision,
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "latest": date.latest.isoformat() if date.latest else None,
        "certainty": date.certainty,
        "remarks": [remark.value for remark in date.remarks],
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


def _date(text: str) -> Form | None:
    try:
        return date_form(parse_date(text))
    except InvalidDate:
        return None


def _place(text: str) -> Form | None:
    return place_form(parse_place(text))


def _national_id(text: str) -> Form | None:
    try:
        number = national_id.parse(text)
    except InvalidIdentifier:
        return None
    return {"number": number.number, "holder": number.holder, "county": number.county, "sex": number.sex}


def _household_number(text: str) -> Form | None:
    try:
        number = household_number.parse(text)
    except InvalidIdentifier:
        return None
    return {"number": number.number, "county": number.county}


_PARSERS: Mapping[Kind, Callable[[str], Form | None]] = {
    "date": _date,
    "place": _place,
    "national_id": _national_id,
    "household_number": _household_number,
}
