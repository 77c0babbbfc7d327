"""Hold a date against the days that its register covers, and against today."""

from dataclasses import replace
from datetime import date

from domain.calendar.written_date import Remark, WrittenDate


def bound_date(written: WrittenDate, first: date | None, last: date | None, at: date) -> WrittenDate:
    """The date, doubtful and with a remark where all of what it may be lies outside `first` to `last`, or
    after the day `at`; None is open on that side.

    A range that reaches into the days allowed is left as it is: it says less, and nothing impossible.
    """
    future = written.earliest is not None and written.earliest > at
    outside = _ends_before(written, first) or _begins_after(written, last)
    added = (
        *((Remark.IN_FUTURE,) if future else ()),
        *((Remark.OUTSIDE_PERIOD,) if outside else ()),
    )
    if not added:
        return written
    certainty = "doubtful" if written.certainty == "certain" else written.certainty
    return replace(written, certainty=certainty, remarks=(*written.remarks, *added))


def _ends_before(written: WrittenDate, first: date | None) -> bool:
    return first is not None and written.latest is not None and written.latest < first


def _begins_after(written: WrittenDate, last: date | None) -> bool:
    return last is not None and written.earliest is not None and written.earliest > last
