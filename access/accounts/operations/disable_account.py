"""Disable an account: rosters are revoked at once."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.accounts.tables import Account
from access.audit.operations.record_event import record_event
from access.keys.tables import ApiKey
from access.principal import Principal
from access.sessions.tables import SignInSession


def disable_account(session: Session, *, actor: Principal, account: Account, at: datetime) -> None:
    """Disable the account, end its sessions and revoke its keys."""
    account.disabled_at = account.disabled_at or at
    session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account.id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )
    session.execute(
        update(ApiKey)
        .where(ApiKey.account_id == account.id, ApiKey.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    record_event(
        session,
        actor=actor,
        action="account.disabled",
        subject_kind="account",
        subject_id=str(account.id),
        facts={},
        at=at,
    )
