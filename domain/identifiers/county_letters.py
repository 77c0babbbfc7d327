"""The letter that stands for the county where a number was given."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CountyLetter:
    """One letter; `value` is its two digits in the check sum."""

    letter: str
    value: int
    county: str
    still_given: bool


@cache
def county_letters() -> dict[str, CountyLetter]:
    """The letters, each with its value and county."""
    text = files("domain.identifiers").joinpath("data", "county_letters.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        letter: CountyLetter(letter, int(value), county, given == "yes")
        for letter, value, county, given in rows
    }
