"""The shape of a series."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.series.bare_label import bare_label

Level = Literal["household", "person"]
Kind = Literal[
    "name", "date", "place", "relation", "order", "text", "code", "national_id", "household_number"
]
Direction = Literal["vertical", "horizontal"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days within which a date may lie, both within it; None is open on that side."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for; `labels[0]` is shown on screen, all of them are looked for on forms.

    `values` are what the form lets one write, where it lets choose; empty where anything may stand. `period`
    bounds a date: that of the series, or what the field itself says, as for births before the first register.
    """

    key: str
    level: Level
    kind: Kind
    labels: tuple[str, ...]
    english: str
    masked: bool
    values: tuple[str, ...] = ()
    period: Period = Period()

    @property
    def label(self) -> str:
        """The label shown on screen."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Hints for reading a form; an absent hint is None or empty, never a guess.

    `unit` is what one page holds, `persons_along` how persons follow one another ("columns": each person is a
    column; "rows"; "pages": one person a page), `bands` the field keys in the order a full form prints them.
    """

    unit: Literal["household", "person", "page"]
    persons_along: Literal["columns", "rows", "pages"]
    ruled: bool
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form of a series that has several: its titles as printed, and its labels in their order.

    Where it asks the same of several persons at once, `parties` holds what each is called on it (夫, 男方).
    """

    key: str
    title: str
    english: str
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    parties: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A kind of register: its fields, how its forms read, how long it is kept; limits of its own by threshold
    name; the days that its registers cover."""

    key: str
    title: str
    english: str
    fields: tuple[Field, ...]
    direction: Direction
    open_ended: bool
    retention_years: int | None
    layout: Layout
    source: str = ""
    forms: tuple[Form, ...] = ()
    quality: Mapping[str, float] = field(default_factory=dict, hash=False)
    period: Period = Period()

    @property
    def permanent(self) -> bool:
        """Whether the series is kept for ever."""
        return self.retention_years is None

    def field(self, key: str) -> Field:
        """The field of that key.

        Raises:
            KeyError: the series has no such field.
        """
        for one in self.fields:
            if one.key == key:
                return one
        known = ", ".join(one.key for one in self.fields)
        raise KeyError(f"series {self.key} has no field {key!r}; it has {known}")

    def fields_at(self, level: Level) -> tuple[Field, ...]:
        """The fields of a household, or of a person, in screen order."""
        return tuple(one for one in self.fields if one.level == level)

    def field_labelled(self, label: str) -> Field | None:
        """The field a printed label names, or None; blanks, brackets and forms of a character aside."""
        wanted = bare_label(label)
        return next((one for one in self.fields if wanted in map(bare_label, one.labels)), None)
