"""Judge a place: which node of the gazetteer it is, and what follows (番地)."""

from typing import Any

from domain.places import Place, WrittenPlace, parse_place
from domain.series import Field
from ingest.pipeline.judging.judgement import ANOTHER_READING, Beside, Evidence, Judgement


def judge_place(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Link a place; offer another reading of the same writing if more of it is known.

    A place is known though several nodes bear its name one after another (臺南廳 of 1901, of 1909); then no
    node is chosen.
    """
    place = parse_place(text)
    deeper = next((other for other in beside.others if _depth(parse_place(other)) > _depth(place)), None)
    reason = ANOTHER_READING if deeper is not None else None
    if not place.parts:
        return Judgement(("place_unknown",), None, deeper, reason)
    known = len({one.title for one in place.places}) == 1 and _from_the_head(place)
    evidence: Evidence = "place_known" if known else "place_ambiguous"
    return Judgement((evidence,), _described(place), deeper, reason)


def _from_the_head(place: WrittenPlace) -> bool:
    """Whether nothing that is not known stands before the first known level; 臺灣省 may."""
    return place.written.removeprefix("臺灣省").startswith(place.parts[0])


def _depth(place: WrittenPlace) -> int:
    return len(place.parts)


def _described(place: WrittenPlace) -> dict[str, Any]:
    """Return the node if there is one only; of several, all are candidates and none is chosen."""
    return {
        "node": place.places[0].id if len(place.places) == 1 else None,
        "name": place.parts[-1],
        "parts": list(place.parts),
        "candidates": [_candidate(one) for one in place.places],
        "rest": place.rest,
    }


def _candidate(place: Place) -> dict[str, Any]:
    return {
        "node": place.id,
        "name": place.title if len(place.unit) == 1 else place.name,
        "since": place.since.isoformat(),
        "until": place.until.isoformat() if place.until else None,
    }
