"""Judge a date."""

from collections.abc import Sequence

from domain.calendar import InvalidDate, WrittenDate, infer_date, parse_date
from domain.parsed_form import date_form
from domain.series import Field
from ingest.pipeline.judging.judgement import ANOTHER_READING, Judgement


def judge_date(field: Field, text: str, others: Sequence[str]) -> Judgement:  # noqa: ARG001 - one signature
    """Parse a date; where it is none, offer another reading that is one, or what lookalikes come to."""
    date = _date(text)
    if date is not None:
        doubtful = date.certainty != "certain"
        return Judgement(("date_doubtful" if doubtful else "date_valid",), date_form(date))
    for other in others:
        if _date(other) is not None:
            return Judgement(("date_invalid",), inferred=other, reason=ANOTHER_READING)
    inferred = infer_date(text)
    if inferred is None:
        return Judgement(("date_invalid",))
    return Judgement(("date_invalid",), inferred=inferred.written, reason=_changes(text, inferred.written))


def _date(text: str) -> WrittenDate | None:
    try:
        return parse_date(text)
    except InvalidDate:
        return None


def _changes(read: str, offered: str) -> str:
    pairs = dict.fromkeys(zip(read, offered, strict=True))
    return "、".join(f"{one}→{other}" for one, other in pairs if one != other)
