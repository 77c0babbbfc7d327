"""Reading accounts."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account, AccountRole
from access.principal import Principal
from domain.roles import Role


def roles_of(session: Session, account_id: uuid.UUID) -> frozenset[Role]:
    """Return the roles an account holds."""
    rows = session.scalars(select(AccountRole.role).filter_by(account_id=account_id))
    return frozenset(Role(role) for role in rows)


def principal_of_account(session: Session, account: Account) -> Principal:
    """Return the principal an account acts as."""
    return Principal(
        kind="account",
        name=account.display_name,
        roles=roles_of(session, account.id),
        account_id=account.id,
        office_id=account.office_id,
        agency_id=account.agency_id,
        station_id=account.station_id,
        local_government_id=account.local_government_id,
    )


def accounts_with_role(session: Session, role: Role) -> list[Account]:
    """Return the enabled accounts holding a role, by name."""
    return list(
        session.scalars(
            select(Account)
            .join(AccountRole, AccountRole.account_id == Account.id)
            .where(AccountRole.role == role, Account.disabled_at.is_(None))
            .order_by(Account.display_name)
        )
    )
