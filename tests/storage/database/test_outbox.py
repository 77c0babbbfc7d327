"""The outbox on both engines: posted with the change, delivered by one at a time, again after failure."""

import threading
import time
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.database.clock import database_now
from storage.database.outbox.deliver_due import (
    FIRST_WAIT,
    LONGEST_WAIT,
    DeliveryFailed,
    Message,
    deliver_due,
    wait_after,
)
from storage.database.outbox.post import post
from storage.database.outbox.tables import Outbox
from storage.database.session import Database


def _row(database: Database) -> Outbox:
    with database.reading() as session:
        return session.scalars(select(Outbox)).one()


def _make_due(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Outbox).values(due_at=database_now(session)))


def test_a_message_reaches_the_handler_of_its_topic_once(database: Database) -> None:
    got: list[Message] = []
    with database.writing() as session:
        assert post(session, "mail", {"notice": "1", "字": "戶"})
        post(session, "webhook", {})
    assert deliver_due(database, {"mail": got.append}) == 1
    assert deliver_due(database, {"mail": got.append}) == 0
    assert [(message.topic, message.payload, message.attempt) for message in got] == [
        ("mail", {"notice": "1", "字": "戶"}, 1)
    ]


def test_what_is_rolled_back_is_never_delivered(database: Database) -> None:
    def cause() -> None:
        with database.writing() as session:
            post(session, "mail", {})
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        cause()
    assert deliver_due(database, {"mail": lambda _: None}) == 0


def test_a_unique_key_is_posted_once_for_ever(database: Database) -> None:
    for expected in (True, False):
        with database.writing() as session:
            assert post(session, "mail", {}, unique_key="reminder:1:2026-11") is expected
            assert not post(session, "mail", {"other": 1}, unique_key="reminder:1:2026-11")
    assert deliver_due(database, {"mail": lambda _: None}) == 1
    with database.writing() as session:
        assert not post(session, "mail", {}, unique_key="reminder:1:2026-11")
        assert post(session, "mail", {})
        assert post(session, "mail", {})


def test_a_message_waits_for_its_time(database: Database) -> None:
    with database.writing() as session:
        post(session, "mail", {}, due_at=database_now(session) + timedelta(seconds=0.5))
    assert deliver_due(database, {"mail": lambda _: None}) == 0
    time.sleep(0.6)
    assert deliver_due(database, {"mail": lambda _: None}) == 1


def test_the_oldest_goes_first_and_the_limit_holds(database: Database) -> None:
    got: list[int] = []
    with database.writing() as session:
        now = database_now(session)
        for age in (1, 3, 2):
            post(session, "mail", {"age": age}, due_at=now - timedelta(minutes=age))
    handlers = {"mail": lambda message: got.append(message.payload["age"])}
    assert deliver_due(database, handlers, limit=2) == 2
    assert got == [3, 2]


def test_a_failure_is_kept_and_tried_again_later(database: Database) -> None:
    def fail(message: Message) -> None:
        raise DeliveryFailed(f"the mail server refused attempt {message.attempt}")

    with database.writing() as session:
        post(session, "mail", {})
    assert deliver_due(database, {"mail": fail}) == 0
    row = _row(database)
    assert (row.attempts, row.last_error) == (1, "the mail server refused attempt 1")
    assert row.claim is None
    assert row.due_at - row.created_at >= FIRST_WAIT
    assert deliver_due(database, {"mail": lambda _: None}) == 0
    _make_due(database)
    assert deliver_due(database, {"mail": lambda _: None}) == 1
    row = _row(database)
    assert (row.attempts, row.last_error) == (2, None)
    assert row.done_at is not None


def test_an_unexpected_error_keeps_no_personal_data(database: Database) -> None:
    def fail(_: Message) -> None:
        raise KeyError("陳大明 A123456789")

    with database.writing() as session:
        post(session, "mail", {})
    deliver_due(database, {"mail": fail})
    assert _row(database).last_error == "unexpected KeyError; the log says where"


def test_one_failure_does_not_hold_up_the_rest(database: Database) -> None:
    got: list[uuid.UUID] = []

    def handle(message: Message) -> None:
        if message.payload["n"] == 1:
            raise DeliveryFailed("no")
        got.append(message.id)

    with database.writing() as session:
        for number in range(4):
            post(session, "mail", {"n": number})
    assert deliver_due(database, {"mail": handle}) == 3
    assert len(set(got)) == 3


def test_a_handler_may_write_and_post(database: Database) -> None:
    def handle(_: Message) -> None:
        with database.writing() as session:
            post(session, "later", {})

    with database.writing() as session:
        post(session, "mail", {})
    assert deliver_due(database, {"mail": handle}) == 1
    assert deliver_due(database, {"later": lambda _: None}) == 1


def test_deliverers_at_work_together_share_the_messages(database: Database) -> None:
    with database.writing() as session:
        for number in range(40):
            post(session, "mail", {"n": number})
    seen: Counter[uuid.UUID] = Counter()
    running: Counter[uuid.UUID] = Counter()
    overlaps: list[uuid.UUID] = []

    def handle(message: Message) -> None:
        running[message.id] += 1
        if running[message.id] > 1:
            overlaps.append(message.id)
        time.sleep(0.002)
        seen[message.id] += 1
        running[message.id] -= 1

    def deliver() -> None:
        while deliver_due(database, {"mail": handle}, limit=5):
            pass

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver_due(database, {"mail": handle})
    assert overlaps == []
    assert len(seen) == 40
    assert set(seen.values()) == {1}


def test_a_message_whose_deliverer_died_comes_back_and_the_dead_ones_outcome_is_void(
    database: Database,
) -> None:
    with database.writing() as session:
        post(session, "mail", {})
    inner: list[int] = []

    def slow(message: Message) -> None:
        """Overstay the claim, so that another deliverer takes the message; then fail late."""
        time.sleep(0.3)
        inner.append(deliver_due(database, {"mail": lambda _: None}))
        raise DeliveryFailed(f"late {message.id}")

    assert deliver_due(database, {"mail": slow}, limit=1, claim_for=timedelta(seconds=0.2)) == 0
    assert inner == [1]
    row = _row(database)
    assert row.done_at is not None
    assert (row.attempts, row.last_error) == (2, None)


def test_the_wait_doubles_to_a_bound() -> None:
    waits = [wait_after(attempt) for attempt in range(1, 60)]
    assert waits[0] == FIRST_WAIT
    assert waits[1] == 2 * FIRST_WAIT
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)
