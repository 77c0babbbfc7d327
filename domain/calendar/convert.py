"""Tell a Gregorian day in an era."""

from datetime import date

from domain.calendar.eras import Era, all_eras, era_named
from domain.calendar.written_date import EraDate, InvalidDate


def eras_on(on: date) -> tuple[Era, ...]:
    """The eras that day is in; two Japanese ones on a day of change."""
    return tuple(era for era in all_eras() if era.holds(on) and era.year_of(on.year) >= 1)


def convert(on: date, era: str) -> EraDate:
    """That day told in the era; only the year where the era was lunisolar then.

    Raises:
        KeyError: no such era is known.
        InvalidDate: the day is outside the era, or so near a lunar new year that even the year is open.
    """
    found = era_named(era)
    if not found.holds(on):
        names = "、".join(one.name for one in eras_on(on))
        raise InvalidDate(
            f"{on.isoformat()} 不在{found.name}年間；當日屬：{names}。",
            f"{on.isoformat()} is not in {found.name}; that day is in: {names}.",
        )
    if not found.is_lunisolar_in(on.year):
        return EraDate(found.name, found.year_of(on.year), on.month, on.day)
    if (on.month, on.day) <= (2, 20):
        raise InvalidDate(
            f"{on.isoformat()} 在陰曆歲首前後，無法確定年分。",
            f"{on.isoformat()} is about a lunar new year, so its lunisolar year is open.",
        )
    return EraDate(found.name, found.year_of(on.year), None, None)
