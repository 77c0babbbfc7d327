"""What a party may ask about and be shown: which offices, which series, which fields."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from domain.series import all_series, load_series


@dataclass(frozen=True, slots=True)
class Scope:
    """Granted field keys by series, and the offices covered (None: the whole country).

    With `unmasked_office_id`, masked fields may be asked and shown in that office's registers alone.
    """

    fields: Mapping[str, frozenset[str]]
    office_ids: frozenset[uuid.UUID] | None = None
    whole_pages: bool = False
    unmasked_office_id: uuid.UUID | None = None

    def shown(self, series_key: str, office_id: uuid.UUID) -> list[str]:
        """Return the field keys that may be shown of an entry of this series and office, in screen order.

        A masked field shows to an office in its own registers alone, to an agency where its agreement
        names it.
        """
        hidden = self._masked(series_key) if self._elsewhere(office_id) else frozenset()
        granted = self.fields.get(series_key, frozenset()) - hidden
        return [field.key for field in load_series(series_key).fields if field.key in granted]

    def shows_whole_page(self, series_key: str, office_id: uuid.UUID) -> bool:
        """Tell whether a whole page may be uncovered: never where a masked field would be seen with it."""
        return self.whole_pages and not (self._elsewhere(office_id) and self._masked(series_key))

    def covers(
        self, office: InstrumentedAttribute[uuid.UUID], series: InstrumentedAttribute[str]
    ) -> ColumnElement[bool]:
        """Return the condition that a row's office and series lie within the scope."""
        offices = true() if self.office_ids is None else office.in_(self.office_ids)
        return and_(offices, series.in_(self.fields))

    def may_ask(
        self,
        series: InstrumentedAttribute[str],
        office: InstrumentedAttribute[uuid.UUID],
        field: InstrumentedAttribute[str],
        among: tuple[str, ...] | None,
    ) -> ColumnElement[bool]:
        """Return the condition that a field may be shown (and is among those named, if any are).

        What is hidden from an answer must not be found by a question either.
        """
        arms = []
        for key, granted in self.fields.items():
            wanted = granted if among is None else granted & set(among)
            masked = wanted & self._masked(key) if self.unmasked_office_id is not None else frozenset()
            arms.append(and_(series == key, field.in_(sorted(wanted - masked))))
            if masked:
                arms.append(and_(series == key, field.in_(sorted(masked)), office == self.unmasked_office_id))
        return or_(*arms) if arms else false()

    def lacks(self, among: tuple[str, ...] | None) -> list[str]:
        """Return those of the fields named that are granted in no series."""
        granted = frozenset().union(*self.fields.values()) if self.fields else frozenset()
        return sorted(set(among or ()) - granted)

    def _elsewhere(self, office_id: uuid.UUID) -> bool:
        return self.unmasked_office_id is not None and self.unmasked_office_id != office_id

    def _masked(self, series_key: str) -> frozenset[str]:
        return frozenset(field.key for field in load_series(series_key).fields if field.masked)


def scope_of_office(own_office: uuid.UUID) -> Scope:
    """Return what an office may see: every series and office; masked fields in its own registers alone."""
    return Scope(
        {series.key: frozenset(field.key for field in series.fields) for series in all_series()},
        unmasked_office_id=own_office,
        whole_pages=True,
    )
