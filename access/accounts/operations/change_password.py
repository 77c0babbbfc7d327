"""Change a password."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.accounts.passwords import hash_password, password_matches
from access.accounts.tables import Account
from access.audit.operations.record_event import record_event
from access.http.problems import Forbidden
from access.principal import Principal
from access.sessions.tables import SignInSession


def change_password(
    session: Session, *, actor: Principal, account: Account, old: str, new: str, at: datetime
) -> None:
    """Set a new password after checking the old one, and end every session of the account.

    Raises:
        Forbidden: the old password is wrong.
        Invalid: the new one is too short.
    """
    if not password_matches(account.password_hash, old):
        raise Forbidden("password_wrong", "目前的密碼不正確。", "The present password is not right.")
    account.password_hash = hash_password(new)
    session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account.id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )
    record_event(
        session,
        actor=actor,
        action="account.password_changed",
        subject_kind="account",
        subject_id=str(account.id),
        facts={},
        at=at,
    )
