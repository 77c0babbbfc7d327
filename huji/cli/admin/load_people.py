"""Who answers for a load: the accounts named on the command line, or the only ones who could."""

import uuid
from collections.abc import Iterable, Sequence

import click
from sqlalchemy.orm import Session

from access.accounts.queries import accounts_with_role, principal_of_account
from access.accounts.tables import Account
from access.principal import Principal
from domain.roles import Role
from huji.cli.admin.telling import account_named
from index_service.requests.load_plan import VolumeLoad


def person_for(session: Session, role: Role, option: str, username: str | None) -> Principal:
    """Return who acts in a role: the account named, or else the only enabled one that holds it.

    Raises:
        click.ClickException: the account named does not hold the role, or several (or none) do.
    """
    holders = accounts_with_role(session, role)
    return principal_of_account(session, _choose(session, holders, role, option, username))


def confirmers_for(
    session: Session, loads: Iterable[VolumeLoad], usernames: Sequence[str]
) -> dict[uuid.UUID, Principal]:
    """Return by office who confirms: of the accounts named, or else the office's only supervisor.

    Raises:
        click.ClickException: an account named is no office's supervisor, or an office has no, or several,
            who could.
    """
    supervisors = accounts_with_role(session, Role.OFFICE_SUPERVISOR)
    named = [_holding(session, supervisors, Role.OFFICE_SUPERVISOR, one) for one in usernames]
    found = {}
    for office_id, code in {load.office_id: load.office for load in loads}.items():
        ours = [one for one in named or supervisors if one.office_id == office_id]
        option = f"--confirmer ({code})"
        found[office_id] = principal_of_account(session, _only(ours, Role.OFFICE_SUPERVISOR, option))
    return found


def _choose(
    session: Session, holders: list[Account], role: Role, option: str, username: str | None
) -> Account:
    return _holding(session, holders, role, username) if username else _only(holders, role, option)


def _holding(session: Session, holders: list[Account], role: Role, username: str) -> Account:
    account = account_named(session, username)
    if account.id not in {one.id for one in holders}:
        raise click.ClickException(
            f"帳號 {username} 沒有 {role} 角色或已停用 "
            f"{username} does not hold the role {role}, or is disabled."
        )
    return account


def _only(holders: list[Account], role: Role, option: str) -> Account:
    if len(holders) == 1:
        return holders[0]
    if not holders:
        raise click.ClickException(
            f"{option}：沒有 {role} 帳號，請先以 add-account 建立 "
            f"Nobody holds the role {role}: add an account first."
        )
    names = ", ".join(sorted(one.username for one in holders))
    raise click.ClickException(f"請以 {option} 指定其一 Name one of these with {option}: {names}")
