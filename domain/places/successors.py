"""What became of a place, and what it came from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from domain.places.load import Place, all_successions, place_of


def successors(place: Place, at: date) -> tuple[Place, ...]:
    """The places that held the place's ground that day, itself first if it existed; empty before it did.

    After a split they may be several, of which each holds a part; after 1920 they may be larger (edge
    `within`).
    """
    return _follow(place, at, _after())


def predecessors(place: Place, at: date) -> tuple[Place, ...]:
    """The places whose ground, or part of it, later came to the place, as they were that day."""
    return _follow(place, at, _before())


def _follow(place: Place, at: date, edges: dict[str, tuple[str, ...]]) -> tuple[Place, ...]:
    reached = {place.id: place}
    waiting = [place]
    while waiting:
        for next_id in edges.get(waiting.pop(0).id, ()):
            if next_id not in reached:
                reached[next_id] = place_of(next_id)
                waiting.append(reached[next_id])
    return tuple(one for one in reached.values() if one.exists_at(at))


@cache
def _after() -> dict[str, tuple[str, ...]]:
    return _grouped((one.former, one.latter) for one in all_successions())


@cache
def _before() -> dict[str, tuple[str, ...]]:
    return _grouped((one.latter, one.former) for one in all_successions())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        grouped[one].append(other)
    return {one: tuple(others) for one, others in grouped.items()}
