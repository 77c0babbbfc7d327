"""Judge a place: which node of the gazetteer it is, and what follows (番地)."""

from domain.parsed_form import place_form
from domain.places import WrittenPlace, parse_place
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
    return Judgement((evidence,), place_form(place), deeper, reason)


def _from_the_head(place: WrittenPlace) -> bool:
    """Whether nothing that is not known stands before the first known level; 臺灣省 may."""
    return place.written.removeprefix("臺灣省").startswith(place.parts[0])


def _depth(place: WrittenPlace) -> int:
    return len(place.parts)
