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
        Invalid: the name is unusable, the password too short, a role lacks its organisation, or the
            account would act for an agency and somebody else at once.
        Conflict: the user name is taken.
    """
    wanted = set(roles)
    _check_name(username)
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


def _check_name(username: str) -> None:
    if not username or not username.isprintable() or username != username.strip() or len(username) > 64:
        raise Invalid(
            "username_invalid",
            "帳號名稱須為 1 至 64 個可見字元，前後不得有空白。",
            "A user name has 1 to 64 printable characters, with no blank before or behind.",
        )


def _check_organisation(
    roles: set[Role],
    office_id: uuid.UUID | None,
    agency_id: uuid.UUID | None,
    station_id: uuid.UUID | None,
    local_government_id: uuid.UUID | None,
) -> None:
    others = (office_id, station_id, local_government_id)
    if Role.SYSTEM in roles or not roles:
        raise Invalid("role_needed", "請指定至少一個人員角色。", "Name at least one role that people hold.")
    if agency_id is not None and (any(others) or roles - _AGENCY_ROLES):
        raise Invalid(
            "agency_alone",
            "連結機關的帳號只能有連結機關的角色。",
            "An agency's account acts for that agency alone, in an agency's roles.",
        )
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
