"""The eras, from a table with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Era:
    """One way of counting years; `first` and `last` are Gregorian days, both within it, None where open."""

    name: str
    spellings: tuple[str, ...]
    country: str
    zero: int
    counts_down: bool
    first: date | None
    last: date | None
    lunisolar_until: date | None

    def gregorian_year(self, year: int) -> int:
        """The Gregorian year that this era's year is, for the most part."""
        return self.zero - year if self.counts_down else self.zero + year

    def year_of(self, gregorian: int) -> int:
        """This era's year for a Gregorian one; below 1 it does not exist."""
        return self.zero - gregorian if self.counts_down else gregorian - self.zero

    def written_years(self) -> range:
        """The years that may be met written: clerks wrote an ended era on, here for five years."""
        if self.country == "west":
            return range(1600, 2101)
        last = None if self.last is None or self.counts_down else self.last.year - self.zero
        return range(1, 200 if last is None else last + 6)

    def is_lunisolar_in(self, gregorian: int) -> bool:
        """Whether that year was reckoned by the moon."""
        return self.lunisolar_until is not None and gregorian <= self.lunisolar_until.year

    def holds(self, on: date) -> bool:
        """Whether that day is within the era, the days of change included."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@cache
def all_eras() -> tuple[Era, ...]:
    """Every known era, oldest first, 民前, 民國 and 西元 last."""
    text = files("domain.calendar").joinpath("data", "eras.tsv").read_text("utf-8")
    return tuple(_era(line) for line in text.splitlines() if line and not line.startswith("#"))


def era_named(name: str) -> Era:
    """The era of that name or spelling.

    Raises:
        KeyError: no such era is known.
    """
    for era in all_eras():
        if name in era.spellings:
            return era
    raise KeyError(f"no era is called {name!r}; known are {', '.join(era.name for era in all_eras())}")


def _era(line: str) -> Era:
    name, others, country, zero, counts, first, last, lunisolar = line.split("\t")
    spellings = (name, *(() if others == "-" else others.split(",")))
    return Era(
        name, spellings, country, int(zero), counts == "down", _day(first), _day(last), _day(lunisolar)
    )


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)
