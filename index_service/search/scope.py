"""What a party may ask about and be shown: which offices, which series, which fields."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from domain.series import all_series, load_series


@dataclass(frozen=True, slots=True)
class Scope:
    """Granted field keys by series, and the offices covered (None: the whole country)."""

    fields: Mapping[str, frozenset[str]]
    office_ids: frozenset[uuid.UUID] | None = None
    whole_pages: bool = False
    unmasked_office_id: uuid.UUID | None = None

    def shown(self, series_key: str, office_id: uuid.UUID) -> list[str]:
        """Return the field keys that may be shown of an entry of this series and office, in screen order.

        A masked field shows to an office in its own registers alone, to an agency where its agreement
        names it.
        """
        granted = self.fields.get(series_key, frozenset())
        hides = self.unmasked_office_id is not None and self.unmasked_office_id != office_id
        return [
            f.key for f in load_series(series_key).fields if f.key in granted and not (hides and f.masked)
        ]

    def covers(
        self, office: InstrumentedAttribute[uuid.UUID], series: InstrumentedAttribute[str]
    ) -> ColumnElement[bool]:
        """Return the condition that a row's office and series lie within the scope."""
        offices = true() if self.office_ids is None else office.in_(self.office_ids)
        return and_(offices, series.in_(self.fields))

    def may_ask(
        self,
        series: InstrumentedAttribute[str],
        field: InstrumentedAttribute[str],
        among: tuple[str, ...] | None,
    ) -> ColumnElement[bool]:
        """Return the condition that a field is granted (and among those named, if any are)."""
        granted = [
            and_(series == key, field.in_(sorted(fields & set(among) if among else fields)))
            for key, fields in self.fields.items()
        ]
        return or_(*granted) if granted else false()

    def askable(self, series_key: str, kind: str, among: tuple[str, ...] | None) -> list[str]:
        """Return the granted field keys of one kind in one series."""
        granted = self.fields.get(series_key, frozenset())
        keys = [field.key for field in load_series(series_key).fields if field.kind == kind]
        return [key for key in keys if key in granted and (not among or key in among)]


def scope_of_office(own_office: uuid.UUID) -> Scope:
    """Return what an office may see: every series and office; masked fields in its own registers alone."""
    return Scope(
        {series.key: frozenset(field.key for field in series.fields) for series in all_series()},
        unmasked_office_id=own_office,
        whole_pages=True,
    )
