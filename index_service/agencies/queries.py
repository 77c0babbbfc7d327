"""Reading agreements."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.agencies.tables import Agreement
from index_service.search.scope import Scope
from storage.organisations.tables import Office


def agreements_in_force(session: Session, *, agency_id: uuid.UUID, at: datetime) -> list[Agreement]:
    """Return an agency's agreements that are in their term and not ended, oldest first."""
    return list(
        session.scalars(
            select(Agreement)
            .where(
                Agreement.agency_id == agency_id,
                Agreement.valid_from <= at,
                Agreement.valid_until > at,
                Agreement.ended_at.is_(None),
            )
            .order_by(Agreement.created_at)
        )
    )


def is_in_force(agreement: Agreement, at: datetime) -> bool:
    """Tell whether looks under this agreement are allowed at a moment."""
    return agreement.ended_at is None and agreement.valid_from <= at < agreement.valid_until


def scope_of_agreement(session: Session, agreement: Agreement) -> Scope:
    """Return the fields, series and offices an agreement grants."""
    offices = None
    if agreement.office_codes is not None:
        found = session.scalars(select(Office.id).where(Office.code.in_(agreement.office_codes)))
        offices = frozenset(found)
    fields = {series: frozenset(keys) for series, keys in agreement.fields.items()}
    return Scope(fields, offices, agreement.whole_pages)
