"""Fills a fresh database through the product's own load, and opens a case to ask under."""

import hashlib
import secrets
import time
import uuid
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.operations.create_account import create_account
from access.accounts.queries import accounts_with_role, principal_of_account
from access.organisations.operations.add_office import add_office
from access.principal import SYSTEM, Principal
from domain.roles import OFFICE_ROLES, Role
from index_service.lookups.operations.open_case import open_case
from index_service.requests.load_file import LoadLine, read_load_file
from index_service.requests.load_plan import plan_load
from index_service.requests.operations.load_entries import LoadPeople, load_entries
from storage.database.session import Database
from storage.organisations.tables import Office

_STAFF = {
    "assigner": Role.MINISTRY_CLERK,
    "operator": Role.OPERATOR,
    "confirmer": Role.OFFICE_SUPERVISOR,
    "publisher": Role.PUBLISHER,
}


def fill(database: Database, content: bytes) -> float:
    """Load a file's entries into a migrated, empty database, and return how many went in a second.

    Raises:
        ValueError: the file has defects; it names the first.
    """
    lines, defects = read_load_file(content)
    if defects:
        raise ValueError(f"line {defects[0].line}: {defects[0].en} ({len(defects)} defects)")
    with database.writing() as session:
        people = {code: _people(session, code) for code in sorted({line.office for line in lines})}
    started = time.perf_counter()
    _load(database, lines, people, hashlib.sha256(content).hexdigest())
    return len(lines) / (time.perf_counter() - started)


def open_bench_case(database: Database) -> tuple[Principal, uuid.UUID]:
    """Open a case in the name of the first office account there is, so that every look stands on record.

    Raises:
        ValueError: no office has an account.
    """
    with database.writing() as session:
        held = [one for role in sorted(OFFICE_ROLES) for one in accounts_with_role(session, role)]
        if not held:
            raise ValueError("no office has an account: add one with huji admin add-account")
        actor = principal_of_account(session, held[0])
        folder = open_case(
            session,
            actor=actor,
            purpose="檢索評測",
            case_number="bench-search",
            legal_basis="系統評測",
            at=datetime.now(UTC),
        )
        return actor, folder.id


def _load(database: Database, lines: list[LoadLine], people: dict[str, LoadPeople], sha256: str) -> None:
    with database.reading() as session:
        loads, _ = plan_load(session, lines)
    for load in loads:
        with database.writing() as session:
            load_entries(
                session, load=load, people=people[load.office], file_sha256=sha256, at=datetime.now(UTC)
            )


def _people(session: Session, code: str) -> LoadPeople:
    at = datetime.now(UTC)
    add_office(session, actor=SYSTEM, code=code, name=code, at=at)
    office_id = session.scalars(select(Office.id).filter_by(code=code)).one()
    staff = {name: _account(session, f"{name}-{code}", role, office_id) for name, role in _STAFF.items()}
    return LoadPeople(**staff)


def _account(session: Session, username: str, role: Role, office_id: uuid.UUID) -> Principal:
    account = create_account(
        session,
        actor=SYSTEM,
        username=username,
        display_name=username,
        password=secrets.token_urlsafe(16),
        roles=[role],
        office_id=office_id if role in OFFICE_ROLES else None,
        at=datetime.now(UTC),
    )
    return principal_of_account(session, account)
