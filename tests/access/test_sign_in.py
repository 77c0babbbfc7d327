"""Accounts, sign-in sessions and keys, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from access.accounts.operations.change_password import change_password
from access.accounts.operations.disable_account import disable_account
from access.accounts.tables import Account
from access.audit.tables import AuditEvent
from access.http.problems import Invalid
from access.keys.operations.issue_key import issue_key
from access.keys.operations.revoke_key import revoke_key
from access.keys.queries import find_key_holder
from access.keys.tables import ApiKey
from access.principal import SYSTEM
from access.sessions.operations.keep_alive import keep_alive
from access.sessions.operations.sign_in import LOCKED, TRIES, sign_in
from access.sessions.operations.sign_out import sign_out
from access.sessions.queries import IDLE, find_signed_in
from access.sessions.tables import SignInSession
from domain.roles import Role
from storage.database.session import Database
from tests.access.people import NOON, PASSWORD, make_account, make_agency, make_office, make_station


def test_a_right_password_opens_a_session_and_signing_out_ends_it(database: Database) -> None:
    with database.writing() as session:
        account = make_account(session, Role.OFFICE_CLERK, office_id=make_office(session).id)
        done = sign_in(session, username=account.username, password=PASSWORD, at=NOON)
    assert done.problem is None
    with database.reading() as session:
        found = find_signed_in(session, token=done.token, at=NOON)
    assert found is not None
    assert found.principal.roles == {Role.OFFICE_CLERK}
    assert found.principal.office_id == account.office_id
    with database.writing() as session:
        sign_out(session, actor=found.principal, token=done.token, at=NOON)
    with database.reading() as session:
        assert find_signed_in(session, token=done.token, at=NOON) is None


def test_only_the_hash_of_password_and_cookie_is_kept(database: Database) -> None:
    with database.writing() as session:
        account = make_account(session, Role.AUDITOR)
        done = sign_in(session, username=account.username, password=PASSWORD, at=NOON)
    with database.reading() as session:
        kept = session.scalars(select(SignInSession.token_sha256)).one()
    assert account.password_hash.startswith("$argon2id$")
    assert done.token not in kept


def test_wrong_tries_lock_the_account_and_each_is_on_record(database: Database) -> None:
    with database.writing() as session:
        username = make_account(session, Role.AUDITOR).username
    for _ in range(TRIES):
        with database.writing() as session:
            refused = sign_in(session, username=username, password="wrong password!", at=NOON)
        assert refused.problem is not None
        assert refused.problem.code == "sign_in_failed"
    with database.writing() as session:
        locked = sign_in(session, username=username, password=PASSWORD, at=NOON)
        assert locked.problem is not None
        assert locked.problem.code == "account_locked"
        again = sign_in(session, username=username, password=PASSWORD, at=NOON + LOCKED + timedelta(1))
        assert again.problem is None
        failures = select(func.count()).where(AuditEvent.action == "session.sign_in_failed")
        assert session.scalar(failures) == TRIES


def test_an_unknown_name_is_answered_like_a_wrong_password(database: Database) -> None:
    with database.writing() as session:
        refused = sign_in(session, username="nobody", password=PASSWORD, at=NOON)
    assert refused.problem is not None
    assert refused.problem.code == "sign_in_failed"


def test_a_session_ends_when_idle_unless_kept_alive(database: Database) -> None:
    with database.writing() as session:
        username = make_account(session, Role.AUDITOR).username
        token = sign_in(session, username=username, password=PASSWORD, at=NOON).token
    later = NOON + IDLE - timedelta(minutes=1)
    with database.writing() as session:
        found = find_signed_in(session, token=token, at=later)
        assert found is not None
        keep_alive(session, session_id=found.session.id, at=later)
    with database.reading() as session:
        assert find_signed_in(session, token=token, at=NOON + IDLE + timedelta(minutes=1)) is not None
        assert find_signed_in(session, token=token, at=later + IDLE + timedelta(minutes=1)) is None


def test_a_disabled_account_loses_sessions_and_keys_at_once(database: Database) -> None:
    with database.writing() as session:
        agency = make_agency(session)
        account = make_account(session, Role.AGENCY_USER, agency_id=agency.id)
        token = sign_in(session, username=account.username, password=PASSWORD, at=NOON).token
        _, key = issue_key(session, actor=SYSTEM, agency_id=agency.id, account_id=account.id, at=NOON)
        assert find_key_holder(session, key=key) is not None
        disable_account(session, actor=SYSTEM, account=account, at=NOON)
    with database.reading() as session:
        assert find_signed_in(session, token=token, at=NOON) is None
        assert find_key_holder(session, key=key) is None


def test_a_new_password_ends_old_sessions(database: Database) -> None:
    with database.writing() as session:
        account = make_account(session, Role.AUDITOR)
        token = sign_in(session, username=account.username, password=PASSWORD, at=NOON).token
        change_password(session, actor=SYSTEM, account=account, old=PASSWORD, new="another long one", at=NOON)
        assert find_signed_in(session, token=token, at=NOON) is None
        assert (
            sign_in(session, username=account.username, password="another long one", at=NOON).problem is None
        )


def test_a_short_password_is_refused_and_nothing_is_stored(database: Database) -> None:
    with database.writing() as session:
        account = make_account(session, Role.AUDITOR)
    before = account.password_hash
    with pytest.raises(Invalid), database.writing() as session:
        change_password(session, actor=SYSTEM, account=account, old=PASSWORD, new="short", at=NOON)
    with database.reading() as session:
        assert session.scalars(select(Account.password_hash)).one() == before


def test_an_office_role_needs_its_office(database: Database) -> None:
    with pytest.raises(Invalid), database.writing() as session:
        make_account(session, Role.OFFICE_CLERK)


def test_a_revoked_key_and_a_withdrawn_station_are_nobody(database: Database) -> None:
    with database.writing() as session:
        station = make_station(session, make_office(session))
        row, key = issue_key(session, actor=SYSTEM, station_id=station.id, at=NOON)
        holder = find_key_holder(session, key=key)
        assert holder is not None
        assert (holder.station_id, holder.office_id) == (station.id, station.office_id)
        revoke_key(session, actor=SYSTEM, key=row, at=NOON)
        assert find_key_holder(session, key=key) is None
        _, other = issue_key(session, actor=SYSTEM, station_id=station.id, at=NOON)
        station.withdrawn_at = NOON
        session.flush()
        assert find_key_holder(session, key=other) is None
        kept = session.scalars(select(ApiKey.key_sha256)).all()
    assert key not in kept
