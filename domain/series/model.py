"""The shape of a series."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["household", "person"]
Kind = Literal["name", "date", "place", "relation", "order", "text", "code"]
Direction = Literal["vertical", "horizontal"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for; `labels[0]` is shown on screen, all of them are looked for on forms."""

    key: str
    level: Level
    kind: Kind
    labels: tuple[str, ...]
    english: str
    masked: bool

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
class Series:
    """A kind of register: its fields, how its forms read, and how long it is kept."""

    key: str
    title: str
    english: str
    fields: tuple[Field, ...]
    direction: Direction
    open_ended: bool
    retention_years: int | None
    layout: Layout

    @property
    def permanent(self) -> bool:
        """Whether the series is kept for ever."""
        return self.retention_years is None

    def field(self, key: str) -> Field:
        """The field of that key.

        Raises:
            KeyError: the series has no such field.
        """
        for field in self.fields:
            if field.key == key:
                return field
        known = ", ".join(field.key for field in self.fields)
        raise KeyError(f"series {self.key} has no field {key!r}; it has {known}")

    def fields_at(self, level: Level) -> tuple[Field, ...]:
        """The fields of a household, or of a person, in screen order."""
        return tuple(field for field in self.fields if field.level == level)

    def field_labelled(self, label: str) -> Field | None:
        """The field a printed label names, blanks within the label ignored, or None."""
        wanted = "".join(label.split())
        return next((field for field in self.fields if wanted in field.labels), None)
