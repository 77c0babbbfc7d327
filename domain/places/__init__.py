"""Dated places and their succession.

A place is a dated node; what became of it is an edge. Names alone mislead: a pre-1920 街 or 庄 became a
大字 within a larger 街庄 that mostly took its name, so 葫蘆墩街 (to 1920) is not 豐原街 (from 1920)
though it lies in it. Ends are half open: a place exists from `since` up to the day before `until`.

The table is a first selection, not a gazetteer: what it does not know, `parse_place` leaves in `rest`.
"""

from domain.places.find import find
from domain.places.fold_place import fold_place
from domain.places.load import Place, Succession, all_places, all_successions, place_of
from domain.places.parse_place import WrittenPlace, parse_place
from domain.places.successors import predecessors, successors

__all__ = [
    "Place",
    "Succession",
    "WrittenPlace",
    "all_places",
    "all_successions",
    "find",
    "fold_place",
    "parse_place",
    "place_of",
    "predecessors",
    "successors",
]
