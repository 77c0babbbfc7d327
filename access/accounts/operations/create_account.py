"""Create an account."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.passwords import hash_password
from access.accounts.tables import Account, AccountRole
from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Invalid
from access.principal import Principal
from domain.roles import Role

_OFFICE_ROLES = {Role.OFFICE_CLERK, Role.OFFICE_SUPERVISOR}
_AGENCY_ROLES = {Role.AGENCY_USER, Role.AGENCY_MANAGER}


def create_account(
    session: Session,
    *,
    actor: Principal,
    username: str,
    display_name: str,
    password: str,
    roles: Iterable[Role],
    at: datetime,
    office_id: uuid.UUID | None = None,
    agency_id: uuid.UUID | None = None,
    station_id: uuid.UUID | None = None,
    local_government_id: uuid.UUID | None = None,
) -> Account:
    """Create an account with its roles and the organisation that they need.

    Raises:
        Invalid: the password is too short, or a role lacks its organisation.
        Conflict: the user name is taken.
    """
    wanted = set(roles)
    _check_organisation(wanted, office_id, agency_id, station_id, local_government_id)
    if session.scalar(select(Account.id).filter_by(username=username)) is not None:
        raise Conflict("username_taken", "此帳號名稱已有人使用。", "This user name is taken.")
    account = Account(
        username=username,
        display_name=display_name,
        password_hash=hash_password(password),
        office_id=office_id,
        agency_id=agency_id,
        station_id=station_id,
        local_government_id=local_government_id,
        created_at=at,
    )
    session.add(account)
    session.flush()
    session.add_all(AccountRole(account_id=account.id, role=str(role)) for role in sorted(wanted))
    record_event(
        session,
        actor=actor,
        action="account.created",
        subject_kind="account",
        subject_id=str(account.id),
        facts={"roles": sorted(str(role) for role in wanted)},
        personal={"username": username},
        at=at,
    )
    return account


def _check_organisation(
    roles: set[Role],
    office_id: uuid.UUID | None,
    agency_id: uuid.UUID | None,
    station_id: uuid.UUID | None,
    local_government_id: uuid.UUID | None,
) -> None:
    needs = (
        (_OFFICE_ROLES, office_id, "戶政事務所", "office"),
        (_AGENCY_ROLES, agency_id, "連結機關", "agency"),
        ({Role.STATION}, station_id, "掃描站", "station"),
        ({Role.LOCAL_GOVERNMENT}, local_government_id, "地方政府", "local government"),
    )
    for group, organisation, zh, en in needs:
        if roles & group and organisation is None:
            raise Invalid(
                "organisation_needed", f"此角色須指定所屬{zh}。", f"This role needs the {en} it acts for."
            )
