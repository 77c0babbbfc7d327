"""Judge a date."""

from domain.calendar import InvalidDate, Remark, WrittenDate, bound_date, infer_date, parse_date
from domain.parsed_form import date_form
from domain.series import Field
from ingest.pipeline.judging.judgement import ANOTHER_READING, Beside, Evidence, Judgement


def judge_date(field: Field, text: str, beside: Beside) -> Judgement:
    """Parse a date; where it is none, or none that can stand here, offer another reading that is one, or
    what lookalikes come to.

    A date outside the years of its register is doubtful, one that is still to come cannot be right.
    """
    found = _date(text)
    if found is None:
        return Judgement(("date_invalid",), None, *_meant(field, text, beside))
    bounded = _bounded(found, field, beside)
    if _stands(bounded):
        certain = found.certainty == "certain"
        return Judgement(("date_valid" if certain else "date_doubtful",), date_form(found))
    evidence: Evidence = "date_invalid" if Remark.IN_FUTURE in bounded.remarks else "date_doubtful"
    return Judgement((evidence,), date_form(bounded), *_meant(field, text, beside))


def _bounded(found: WrittenDate, field: Field, beside: Beside) -> WrittenDate:
    return bound_date(found, field.period.first, field.period.last, beside.today)


def _stands(bounded: WrittenDate) -> bool:
    """Whether it can stand here: within the register's years, and not still to come."""
    return not {Remark.OUTSIDE_PERIOD, Remark.IN_FUTURE}.intersection(bounded.remarks)


def _meant(field: Field, text: str, beside: Beside) -> tuple[str, str] | tuple[None, None]:
    """What else may have been meant that can stand here, and what speaks for it."""
    for other in beside.others:
        date = _date(other)
        if date is not None and _stands(_bounded(date, field, beside)):
            return other, ANOTHER_READING
    inferred = infer_date(text)
    if inferred is None or not _stands(_bounded(inferred, field, beside)):
        return None, None
    return inferred.written, _changes(text, inferred.written)


def _date(text: str) -> WrittenDate | None:
    try:
        return parse_date(text)
    except InvalidDate:
        return None


def _changes(read: str, offered: str) -> str:
    pairs = dict.fromkeys(zip(read, offered, strict=True))
    return "、".join(f"{one}→{other}" for one, other in pairs if one != other)
