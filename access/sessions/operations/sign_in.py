"""Sign a person in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.passwords import hash_is_outdated, hash_password, password_matches
from access.accounts.queries import principal_of_account
from access.accounts.tables import Account
from access.audit.operations.record_event import record_event
from access.http.problems import SignInNeeded, TooMany
from access.principal import SYSTEM, Principal
from access.sessions.tables import SignInSession
from access.sessions.tokens import hash_token, new_token

LONGEST = timedelta(hours=10)
TRIES = 5
LOCKED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The outcome: who signed in and the cookie to set, or the problem to answer with.

    A refusal is a value, not an exception, so that the caller commits the failed try it recorded.
    """

    principal: Principal | None = None
    token: str = ""
    problem: SignInNeeded | TooMany | None = None


def sign_in(session: Session, *, username: str, password: str, at: datetime) -> SignIn:
    """Check name and password and open a session; failed tries are counted and recorded."""
    account = _account(session, username)
    if account is not None and account.locked_until is not None and account.locked_until > at:
        _record(session, SYSTEM, "session.sign_in_refused", account, at)
        return SignIn(problem=_locked(account.locked_until - at))
    if not password_matches(account.password_hash if account else None, password):
        _record_failure(session, account, at)
        return SignIn(problem=_wrong())
    assert account is not None
    return _open_session(session, account, password, at)


def _account(session: Session, username: str) -> Account | None:
    """Return the enabled account of that name, locked so that racing tries are counted one by one."""
    if not username.isprintable():
        return None  # no account has such a name, and a database may refuse to compare it
    return session.scalar(
        select(Account).where(Account.username == username, Account.disabled_at.is_(None)).with_for_update()
    )


def _open_session(session: Session, account: Account, password: str, at: datetime) -> SignIn:
    account.failed_sign_ins = 0
    account.locked_until = None
    if hash_is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    token = new_token()
    session.add(
        SignInSession(
            account_id=account.id,
            token_sha256=hash_token(token),
            form_token=new_token(),
            created_at=at,
            last_seen_at=at,
            expires_at=at + LONGEST,
        )
    )
    principal = principal_of_account(session, account)
    _record(session, principal, "session.signed_in", account, at)
    return SignIn(principal=principal, token=token)


def _record_failure(session: Session, account: Account | None, at: datetime) -> None:
    if account is not None:
        account.failed_sign_ins += 1
        if account.failed_sign_ins >= TRIES:
            account.failed_sign_ins = 0
            account.locked_until = at + LOCKED
    _record(session, SYSTEM, "session.sign_in_failed", account, at)


def _record(session: Session, actor: Principal, action: str, account: Account | None, at: datetime) -> None:
    record_event(
        session,
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=str(account.id) if account else "unknown",
        facts={},
        at=at,
    )


def _wrong() -> SignInNeeded:
    return SignInNeeded("sign_in_failed", "帳號或密碼不正確。", "The user name or the password is not right.")


def _locked(left: timedelta) -> TooMany:
    minutes = ceil(left / timedelta(minutes=1))
    return TooMany(
        "account_locked",
        f"嘗試次數過多，請於 {minutes} 分鐘後再試。",
        f"Too many tries: wait {minutes} minutes and try again.",
    )
