"""Invents what an application for registration says."""

from datetime import date, timedelta

from numpy.random import Generator

from bench.pages.invent_household import Household
from bench.pages.invent_members import DAUGHTERS, SONS
from bench.pages.invent_names import NameSource
from bench.pages.invent_roc_place import invent_national_id, invent_roc_place
from bench.pages.read_data import read_toml
from bench.pages.write_dates import write_roc_date

YEARS = (1966, 1995)
KINDS = {"birth": "出生登記", "death": "死亡登記", "marriage": "結婚登記", "divorce": "離婚登記"}


def invent_application(rng: Generator, form: str) -> Household:
    """Return what is written on an application of this form: the party, or both parties, and the event.

    Raises: KeyError if there is no such form.
    """
    scene = _Scene(rng, form)
    parties = {"birth": scene.child, "death": scene.dead, "marriage": scene.couple, "divorce": scene.couple}
    entries = parties[form]()
    return Household(scene.fields | scene.event(entries), tuple(entries))


class _Scene:
    """The day, the place, the names and the way of writing of one application."""

    def __init__(self, rng: Generator, form: str) -> None:
        self.rng, self.form = rng, form
        self.day = date(int(rng.integers(YEARS[0], YEARS[1] + 1)), int(rng.integers(1, 13)), 1)
        self.day += timedelta(days=int(rng.integers(0, 28)))
        self.style = str(rng.choice(["digits", "plain"], p=[0.6, 0.4]))
        self.names, self.place = NameSource(rng, "_roc"), invent_roc_place(rng, self.day.year)
        self.surname = self.names.surname()
        self.fields = {
            "application_kind": KINDS[form],
            "case_number": f"第{int(rng.integers(1, 10**6)):06d}號",
            "applied_on": self.write(self.day),
            "registered_on": self.write(self.day + timedelta(days=int(rng.integers(0, 4)))),
        }

    def child(self) -> list[dict[str, str]]:
        """The child, born some days before."""
        sex = str(self.rng.choice(["m", "f"]))
        person = self.person(sex, 0, self.surname)
        order = str(self.rng.choice((SONS if sex == "m" else DAUGHTERS)[:4], p=[0.4, 0.3, 0.2, 0.1]))
        born = self.day - timedelta(days=int(self.rng.integers(3, 60)))
        return [person | {"birth_order": order, "birth_date": self.write(born), "notes": ""}]

    def dead(self) -> list[dict[str, str]]:
        """The dead, and when, where and of what."""
        sex = str(self.rng.choice(["m", "f"]))
        died = self.day - timedelta(days=int(self.rng.integers(1, 30)))
        partner = self.names.person(self.names.surname(), "f" if sex == "m" else "m")
        return [
            self.person(sex, int(self.rng.integers(40, 92)), self.surname)
            | {
                "death_date": self.write(died),
                "death_place": self.place.district + str(self.rng.choice(["自宅", "省立醫院", "衛生所"])),
                "death_cause": self.pick("deaths"),
                "spouse": partner if self.rng.random() < 0.7 else "",
                "notes": f"{self.write(died)}死亡{self.write(self.day)}申登",
            }
        ]

    def couple(self) -> list[dict[str, str]]:
        """Husband and wife."""
        age = int(self.rng.integers(20, 45))
        return [
            self.person("m", age, self.surname),
            self.person("f", age - int(self.rng.integers(-3, 8)), self.names.surname(not_this=self.surname)),
        ]

    def event(self, entries: list[dict[str, str]]) -> dict[str, str]:
        """Who applies, who bears witness, and what happened when."""
        before = self.write(self.day - timedelta(days=int(self.rng.integers(0, 25))))
        witnesses = [self.names.person(self.names.surname(), sex) for sex in ("m", "f")]
        relation, applicant = "本人", entries[0]["name"]
        if self.form == "birth":
            relation, applicant = "父", entries[0]["father"]
        if self.form == "death":
            relation, applicant = "長男", self.names.person(self.surname, "m")
        return {
            "applicant": applicant,
            "applicant_relation": relation,
            "head": entries[0]["father"],
            "first_witness": witnesses[0],
            "second_witness": witnesses[1],
            "married_on": before,
            "divorced_on": before,
            "married_at": self.place.address(self.style),
            "divorce_kind": self.pick("divorces"),
            "custody": self.pick("custody"),
        }

    def person(self, sex: str, age: int, surname: str) -> dict[str, str]:
        """A person of this age, with parents."""
        born = date(self.day.year - age, int(self.rng.integers(1, 13)), int(self.rng.integers(1, 29)))
        return {
            "name": self.names.person(surname, sex),
            "sex": "男" if sex == "m" else "女",
            "birth_date": self.write(born),
            "birth_place": self.pick("birth_places"),
            "national_id": invent_national_id(self.rng, self.place.letter, sex),
            "address": invent_roc_place(self.rng, self.day.year).address(self.style),
            "father": self.names.person(surname, "m"),
            "mother": self.names.person(self.names.surname(not_this=surname), "f"),
        }

    def write(self, day: date) -> str:
        """The day as this application writes it."""
        return write_roc_date(day, self.style)

    def pick(self, which: str) -> str:
        """One of a list of `data/registration.toml`."""
        return str(self.rng.choice(read_toml("registration")[which]))
