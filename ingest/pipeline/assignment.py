"""Which cells of a page are labels, and which hold what of whom."""

from dataclasses import dataclass

from domain.series import Direction

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Places in the page's list of cells: what is a label, and which cells hold each field of household and
    persons; `form` is the key of the printed form, where the series has several and the page tells.

    `direction` is how the form found is written: a series whose sheets read across may have books too. Where
    the cells were cut the other way, they are to be read again.
    """

    labels: dict[int, str]
    household: dict[str, Places]
    persons: tuple[dict[str, Places], ...]
    form: str | None = None
    direction: Direction = "vertical"

    @property
    def values(self) -> frozenset[int]:
        """The cells that hold a field of the household or of a person."""
        groups = (self.household, *self.persons)
        return frozenset(place for fields in groups for places in fields.values() for place in places)
