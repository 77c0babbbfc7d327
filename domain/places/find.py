"""Places by name."""

from collections import defaultdict
from datetime import date
from functools import cache

from domain.places.fold_place import fold_place
from domain.places.load import Place, all_places


def find(text: str, at: date | None = None) -> tuple[Place, ...]:
    """Places called that, with their unit (豐原街) or without (豐原), existing that day; on any day
    where None."""
    found = _by_key().get(fold_place(text), ())
    return tuple(place for place in found if at is None or place.exists_at(at))


def titles_of(place: Place) -> tuple[str, ...]:
    """What the place may be written as; a unit 街庄 is 街 or 庄, a unit 鄉鎮市 one of the three."""
    units = tuple(place.unit) if place.unit in ("街庄", "鄉鎮市") else (place.unit,)
    before = ("大字" + place.name,) if place.unit == "大字" else ()
    return (place.name, *before, *(place.name + unit for unit in units))


@cache
def _by_key() -> dict[str, tuple[Place, ...]]:
    keyed: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        for key in {fold_place(title) for title in titles_of(place)}:
            keyed[key].append(place)
    return {key: tuple(places) for key, places in keyed.items()}
