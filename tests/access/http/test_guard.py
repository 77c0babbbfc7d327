"""The guard's refusals and acceptances, through HTTP, on both engines."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from access.accounts.operations.disable_account import disable_account
from access.accounts.tables import Account
from access.http.guard import COOKIE
from access.keys.operations.issue_key import issue_key
from access.keys.operations.note_use import EVERY as KEY_EVERY
from access.keys.operations.revoke_key import revoke_key
from access.keys.tables import ApiKey
from access.principal import SYSTEM
from access.sessions.operations.sign_in import LONGEST
from access.sessions.queries import IDLE, find_signed_in
from domain.roles import Role
from storage.database.session import Database
from tests.access.http.door import PUBLIC_URL, Clock, enter, make_door
from tests.access.people import make_account, make_agency

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon."""
    return Clock()


@pytest.fixture
def door(database: Database, clock: Clock) -> TestClient:
    """The small application."""
    return make_door(database, clock)


@pytest.fixture
def auditor(database: Database, door: TestClient) -> Account:
    """A signed-in auditor."""
    with database.writing() as session:
        account = make_account(session, Role.AUDITOR)
    enter(door, database, account.username)
    return account


def test_nobody_is_asked_to_sign_in_and_gets_in_where_it_is_open(door: TestClient) -> None:
    assert (door.get("/events").status_code, door.get("/open").json()) == (401, "nobody")
    door.cookies.set(COOKIE, "made-up")
    assert (door.get("/events").status_code, door.get("/open").json()) == (401, "nobody")


def test_a_signed_in_auditor_reads(door: TestClient, auditor: Account) -> None:
    assert (door.get("/events").status_code, door.get("/open").json()) == (200, auditor.display_name)


def test_another_role_is_refused_by_name_of_the_permission(database: Database, door: TestClient) -> None:
    with database.writing() as session:
        username = make_account(session, Role.PUBLISHER).username
    enter(door, database, username)
    refused = door.get("/events")
    assert (refused.status_code, refused.json()["permission"]) == (403, "audit.view")


@pytest.mark.usefixtures("auditor")
def test_use_keeps_a_session_alive_and_idleness_ends_it(door: TestClient, clock: Clock) -> None:
    for _ in range(4):
        clock.forward(IDLE - MINUTE)
        assert door.get("/events").status_code == 200
    clock.forward(IDLE + MINUTE)
    assert door.get("/events").status_code == 401


@pytest.mark.usefixtures("auditor")
def test_a_session_ends_at_its_longest_however_much_it_is_used(door: TestClient, clock: Clock) -> None:
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        clock.forward(IDLE / 2)
        assert door.get("/events").status_code == 200
    clock.forward(IDLE / 2)
    assert door.get("/events").status_code == 401


def test_a_refused_form_keeps_nothing_alive(database: Database, door: TestClient, clock: Clock) -> None:
    with database.writing() as session:
        username = make_account(session, Role.AUDITOR).username
    token = enter(door, database, username)
    clock.forward(IDLE - MINUTE)
    assert door.post("/events", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    with database.reading() as session:
        assert find_signed_in(session, token=token, at=clock() + 2 * MINUTE) is None


def test_a_disabled_account_is_out_at_once(database: Database, door: TestClient, auditor: Account) -> None:
    with database.writing() as session:
        disable_account(session, actor=SYSTEM, account=session.get_one(Account, auditor.id), at=Clock()())
    assert door.get("/events").status_code == 401


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": PUBLIC_URL}, 200),
        ({"Origin": "http://viewer:8003"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": PUBLIC_URL, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Form-Token": ""}, 403),
        ({"X-Form-Token": "guessed"}, 403),
    ],
)
def test_a_form_must_be_ours(door: TestClient, headers: dict[str, str], status: int) -> None:
    assert door.post("/events", headers=headers).status_code == status


def test_a_script_of_ours_brings_the_form_token(database: Database, door: TestClient) -> None:
    with database.writing() as session:
        username = make_account(session, Role.AUDITOR).username
    token = enter(door, database, username)
    with database.reading() as session:
        signed_in = find_signed_in(session, token=token, at=Clock()())
    assert signed_in is not None
    assert door.post("/events", headers={"X-Form-Token": signed_in.form_token}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": PUBLIC_URL}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
def test_nobody_is_signed_in_by_another_sites_form(
    door: TestClient, headers: dict[str, str], status: int
) -> None:
    assert door.post("/enter", headers=headers).status_code == status


def test_a_key_gets_in_until_it_is_revoked_or_its_account_disabled(
    database: Database, door: TestClient
) -> None:
    with database.writing() as session:
        agency = make_agency(session)
        account = make_account(session, Role.AGENCY_USER, agency_id=agency.id)
        row, key = issue_key(session, actor=SYSTEM, agency_id=agency.id, account_id=account.id, at=Clock()())
        _, other = issue_key(session, actor=SYSTEM, agency_id=agency.id, account_id=account.id, at=Clock()())
    assert door.get("/open", headers=_bearer(key)).json() == account.display_name
    assert door.get("/events", headers=_bearer(key)).status_code == 403
    with database.writing() as session:
        revoke_key(session, actor=SYSTEM, key=session.get_one(ApiKey, row.id), at=Clock()())
    assert door.get("/events", headers=_bearer(key)).json()["code"] == "key_unknown"
    assert door.get("/events", headers=_bearer(other)).status_code == 403
    with database.writing() as session:
        disable_account(session, actor=SYSTEM, account=session.get_one(Account, account.id), at=Clock()())
    assert door.get("/events", headers=_bearer(other)).json()["code"] == "key_unknown"


@pytest.mark.usefixtures("auditor")
def test_a_wrong_key_is_not_made_up_for_by_a_cookie(door: TestClient) -> None:
    assert door.get("/events", headers=_bearer("huji_wrong")).status_code == 401


def test_the_use_of_a_key_is_noted_now_and_then(database: Database, door: TestClient, clock: Clock) -> None:
    with database.writing() as session:
        agency = make_agency(session)
        account = make_account(session, Role.AGENCY_USER, agency_id=agency.id)
        _, key = issue_key(session, actor=SYSTEM, agency_id=agency.id, account_id=account.id, at=clock())

    def noted() -> object:
        door.get("/open", headers=_bearer(key))
        with database.reading() as session:
            return session.scalars(select(ApiKey.last_used_at)).one()

    first = clock()
    assert noted() == first
    clock.forward(MINUTE)
    assert noted() == first
    clock.forward(KEY_EVERY)
    assert noted() == clock()


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
