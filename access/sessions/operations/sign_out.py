"""Sign a person out."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from access.sessions.tables import SignInSession
from access.sessions.tokens import hash_token


def sign_out(session: Session, *, actor: Principal, token: str, at: datetime) -> None:
    """End the session behind this cookie; ending it again changes nothing."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.token_sha256 == hash_token(token), SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )
    record_event(
        session,
        actor=actor,
        action="session.signed_out",
        subject_kind="account",
        subject_id=str(actor.account_id),
        facts={},
        at=at,
    )
