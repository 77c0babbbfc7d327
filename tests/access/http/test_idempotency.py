"""One key, one creation: repeats, other bodies, other parties, and races."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from access.http.idempotency import Answer, answer_once
from access.http.problems import Conflict, Invalid
from access.http.tables import IdempotentAnswer
from access.principal import SYSTEM, Principal
from domain.roles import Role
from storage.database.identity import new_id
from storage.database.session import Database
from storage.organisations.tables import Agency
from tests.access.people import NOON

ONE = Principal(kind="account", name="one", roles=frozenset({Role.ADMIN}), account_id=new_id())
STATION = Principal(kind="station", name="station", roles=frozenset({Role.STATION}), station_id=new_id())


def post(
    database: Database,
    actor: Principal = ONE,
    key: str | None = "k1",
    body: object = None,
    meanwhile: Any = lambda: None,
) -> Answer:
    """Create an agency under a key."""
    with database.writing() as session:

        def create() -> Answer:
            agency = Agency(code=f"A{new_id().hex[-12:]}", name="機關")
            session.add(agency)
            session.flush()
            meanwhile()
            return Answer(201, {"code": agency.code})

        return answer_once(
            session, actor=actor, key=key, route="POST /agencies", body=body, create=create, at=NOON
        )


def created(database: Database) -> int:
    """How many agencies there are."""
    with database.reading() as session:
        return session.scalar(select(func.count(Agency.id))) or 0


def test_a_repeat_gets_the_same_answer_and_creates_nothing(database: Database) -> None:
    first = post(database)
    assert post(database) == first
    assert created(database) == 1


def test_another_body_under_the_key_is_a_conflict(database: Database) -> None:
    post(database, body={"a": 1})
    with pytest.raises(Conflict) as conflict:
        post(database, body={"a": 2})
    assert conflict.value.code == "idempotency_key_reused"
    assert created(database) == 1


def test_a_key_is_its_partys_own_and_a_station_is_a_party(database: Database) -> None:
    assert post(database) != post(database, STATION)
    assert post(database, STATION) == post(database, STATION)
    assert created(database) == 2


@pytest.mark.parametrize("key", [None, "", "k" * 201])
def test_a_key_is_needed(database: Database, key: str | None) -> None:
    with pytest.raises(Invalid):
        post(database, key=key)


def test_a_creation_that_fails_leaves_its_key_free(database: Database) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        post(database, meanwhile=fail)
    assert post(database).status == 201
    assert created(database) == 1


@pytest.mark.parametrize("first_fails", [False, True])
def test_two_racing_posts_create_once_and_both_are_answered(database: Database, first_fails: bool) -> None:
    inside = threading.Event()

    def linger() -> None:
        inside.set()
        time.sleep(0.4)
        if first_fails:
            raise RuntimeError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(post, database, meanwhile=linger)
        assert inside.wait(10)
        second = pool.submit(post, database).result(20)
    assert second.status == 201
    if not first_fails:
        assert second == first.result()
    assert created(database) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count(IdempotentAnswer.id))) == 1


def test_the_system_makes_no_creating_posts(database: Database) -> None:
    with pytest.raises(AssertionError):
        post(database, SYSTEM)
