"""Invents what one page of any series says."""

from datetime import date

from numpy.random import Generator

from bench.pages.invent_application import invent_application
from bench.pages.invent_household import Household, invent_household
from bench.pages.invent_names import invent_place
from bench.pages.invent_registration import invent_registration
from bench.pages.invent_roc_place import invent_roc_place
from bench.pages.remove_people import Removals, remove_people
from bench.pages.write_dates import write_date, write_roc_date

POSTWAR, FIRST_REGISTRATION = (1952, 1990), (1946, 1946)
COLONIAL_REMOVALS = (1938, 1944)
ROC_REMOVALS = (1991, 1995)
SOME, MOST = 0.15, 0.75


def invent_page(series: str, form: str, persons: int, rng: Generator) -> Household:
    """Return what a page of this series and form says, with so many people where the form has room for several.

    Raises: ValueError for a series there are no pages of.
    """
    if series == "colonial_register":
        return invent_household(rng, persons)
    if series == "colonial_removed_register":
        return remove_people(invent_household(rng, persons), rng, MOST, _colonial())
    if series == "registration_application":
        return invent_application(rng, form)
    if series == "initial_registration_application":
        style = "digits" if rng.random() < 0.25 else "plain"
        return invent_registration(rng, persons, FIRST_REGISTRATION, style)
    if series in ("household_registration", "household_removed_registration"):
        household = invent_registration(rng, persons, POSTWAR, "plain")
        share = MOST if "removed" in series else SOME
        return remove_people(household, rng, share, _roc())
    raise ValueError(f"No pages of series {series!r} can be drawn.")


def _colonial() -> Removals:
    return Removals(
        "colonial", COLONIAL_REMOVALS, write_date, lambda rng, year: invent_place(rng, year).short
    )


def _roc() -> Removals:
    def write(day: date) -> str:
        return write_roc_date(day)

    return Removals("roc", ROC_REMOVALS, write, lambda rng, year: invent_roc_place(rng, year).district)
