"""Organisations and accounts for tests, made through the real operations."""

import uuid
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from access.accounts.operations.create_account import create_account
from access.accounts.tables import Account
from access.principal import SYSTEM
from domain.roles import Role
from storage.organisations.tables import Agency, Office, Station

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
PASSWORD = "正確的密碼 correct-horse"


def make_office(session: Session, code: str = "63000010") -> Office:
    """Add an office."""
    office = Office(code=code, name=f"{code} 戶政事務所")
    session.add(office)
    session.flush()
    return office


def make_agency(session: Session, code: str = "A01") -> Agency:
    """Add an agency."""
    agency = Agency(code=code, name=f"{code} 國稅局")
    session.add(agency)
    session.flush()
    return agency


def make_station(session: Session, office: Office, code: str = "S1") -> Station:
    """Enrol a station at an office."""
    station = Station(office_id=office.id, code=code, name=f"{code} 掃描站", enrolled_at=NOON)
    session.add(station)
    session.flush()
    return station


def make_account(session: Session, *roles: Role, **organisation: uuid.UUID) -> Account:
    """Add an account with roles, with PASSWORD as its password."""
    return create_account(
        session,
        actor=SYSTEM,
        username=f"user-{uuid.uuid4().hex[:8]}",
        display_name="王小明",
        password=PASSWORD,
        roles=roles,
        at=NOON,
        **organisation,
    )
