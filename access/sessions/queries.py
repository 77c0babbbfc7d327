"""Finding who is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.queries import principal_of_account
from access.accounts.tables import Account
from access.principal import Principal
from access.sessions.tables import SignInSession
from access.sessions.tokens import hash_token

IDLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A signed-in person and the token that the session's forms carry."""

    principal: Principal
    form_token: str
    session: SignInSession


def find_signed_in(session: Session, *, token: str, at: datetime) -> SignedIn | None:
    """Return who holds this cookie, unless the session ended, expired or lay idle too long."""
    row = session.execute(
        select(SignInSession, Account)
        .join(Account, Account.id == SignInSession.account_id)
        .where(
            SignInSession.token_sha256 == hash_token(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > at,
            SignInSession.last_seen_at > at - IDLE,
            Account.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    found, account = row
    return SignedIn(principal_of_account(session, account), found.form_token, found)
