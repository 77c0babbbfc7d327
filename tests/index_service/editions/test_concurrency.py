"""Publications, holds, reversals and readings at once on PostgreSQL: nobody sees half an edition.

Each pair is two entries that every edition changes together: a reader that sees them differ has seen half of
one. Whoever is refused because a base moved reopens or gives up, as a person would.
"""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Problem
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.changesets.queries import changes_of
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.lift_hold import lift_hold
from index_service.editions.operations.propose_hold import propose_hold
from index_service.editions.operations.reverse_edition import reverse_edition
from index_service.editions.queries import current_edition, published_versions
from index_service.editions.tables import Edition, PublishedEntry
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reopen_request import reopen_request
from index_service.requests.tables import Request
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, after, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_request,
    change_set,
    correction_form,
    deliver_and_confirm,
    load,
    named,
)

PAIRS = 6
ROUNDS, MOST_ROUNDS = 3, 40


@dataclass
class Play:
    """What the threads share: who acts, the pairs' entries, a source of new names, what readers saw."""

    database: Database
    scene: Scene
    pairs: list[tuple[str, str]]
    words: Iterator[int] = field(default_factory=lambda: count(1))
    read: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    published: list[int] = field(default_factory=list)
    reversed: threading.Event = field(default_factory=threading.Event)
    corrected: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def play(postgres_database: Database) -> Play:
    """A published volume of pairs."""
    with postgres_database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [[f"左{i}", f"右{i}"] for i in range(PAIRS)])
        pairs = [
            (str(named(session, f"左{i}").entry_id), str(named(session, f"右{i}").entry_id))
            for i in range(PAIRS)
        ]
    return Play(postgres_database, scene, pairs)


def _versions(session: Session, edition: int) -> dict[str, EntryVersion]:
    rows = published_versions(session, edition, include_held=True)
    return {str(row.entry_id): row for row in rows}


def _publish(play: Play, dice: random.Random) -> None:
    """Correct both entries of a pair to one new word and publish; lose the race honestly."""
    try:
        request_id = _correct_pair(play, dice.choice(play.pairs), f"{next(play.words)}")
    except Conflict as conflict:
        play.refused.append(conflict.code)
        return
    _publish_or_reopen(play, request_id)


def _correct_pair(play: Play, pair: tuple[str, str], word: str) -> uuid.UUID:
    """Draft in one transaction, stage and confirm in another, so that others get in between."""
    with play.database.writing() as session:
        standing = _versions(session, current_edition(session))
        request = begin_request(session, play.scene, correction_form(standing[pair[0]], word))
    with play.database.writing() as session:
        request = session.get_one(Request, request.id)
        work = change_set(session, request)
        for side, entry_id in zip("左右", pair, strict=True):
            stage_entry_updated(
                session,
                change_set=work,
                entry_id=standing[entry_id].entry_id,
                texts={"name": side + word},
                actor=play.scene.operator,
                at=NOW,
            )
        deliver_and_confirm(session, play.scene, request)
        return request.id


def _publish_or_reopen(play: Play, request_id: uuid.UUID) -> bool:
    """Tell whether it was published."""
    try:
        with play.database.writing() as session:
            edition = publish_request(
                session,
                actor=play.scene.publisher,
                request_id=request_id,
                at=NOW,
            )
            play.published.append(edition.number)
        return True
    except Conflict as conflict:
        play.refused.append(conflict.code)
        with play.database.writing() as session:
            request = reopen_request(
                session,
                actor=play.scene.publisher,
                request_id=request_id,
                at=NOW,
            )
            assert request.state == "in_maintenance"
            cancel_request(
                session,
                actor=play.scene.ministry,
                request_id=request.id,
                reasons=("已由他案更正",),
                at=NOW,
            )
        return False


def _reverse(play: Play, dice: random.Random) -> None:
    """Undo a recent edition where nothing later touched it."""
    try:
        with play.database.writing() as session:
            newest = current_edition(session)
            number = dice.randint(max(2, newest - 2), max(2, newest))
            request = reverse_edition(session, actor=play.scene.ministry, number=number, reason="誤", at=NOW)
            assign_and_start(session, play.scene, request)
            deliver_and_confirm(session, play.scene, request)
            request_id = request.id
    except Problem as problem:
        play.refused.append(problem.code)
        return
    if _publish_or_reopen(play, request_id):
        play.reversed.set()


def _hold(play: Play, dice: random.Random) -> None:
    """Hide one entry of a pair for a moment: gone from every edition, then back."""
    entry_id = dice.choice(dice.choice(play.pairs))
    with play.database.writing() as session:
        found = session.scalars(select(EntryVersion).where(EntryVersion.entry_id == entry_id)).first()
        assert found is not None
        hold = propose_hold(
            session,
            actor=play.scene.supervisor,
            entry_id=found.entry_id,
            reason="疑義",
            review_by=after(days=1),
            at=NOW,
        )
        hold_id, held = hold.id, found.entry_id
    with play.database.writing() as session:
        approve_hold(session, actor=play.scene.ministry, hold_id=hold_id, at=NOW)
    with play.database.reading() as session:
        newest = current_edition(session)
        for edition in {newest, dice.randint(1, newest)}:
            assert held not in {one.entry_id for one in published_versions(session, edition)}
    with play.database.writing() as session:
        lift_hold(session, actor=play.scene.ministry, hold_id=hold_id, reason="釐清", at=NOW)


def _read(play: Play, dice: random.Random) -> None:
    """Take the edition once, read it twice as a slow reader would, and find every pair whole."""
    with play.database.reading() as session:
        edition = current_edition(session)
    seen = []
    for _ in range(2):
        with play.database.reading() as session:
            seen.append({key: one.fields["name"]["text"] for key, one in _versions(session, edition).items()})
    assert seen[0] == seen[1], "an edition changed under its reader"
    for left, right in play.pairs:
        assert (left in seen[0]) == (right in seen[0]), "half a pair stands published"
        assert seen[0][left].removeprefix("左") == seen[0][right].removeprefix("右"), (
            "half an edition was seen"
        )
    play.read.append(edition)


@pytest.mark.parametrize(
    ("publishers", "company"), [(2, 4), pytest.param(8, 12, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_no_reader_sees_half_an_edition(play: Play, publishers: int, company: int) -> None:
    """Some publish corrections until an edition was reversed too; others read, hold, reverse beside them."""
    beside: list[Callable[[Play, random.Random], None]] = [_read, _hold, _read, _reverse]
    start = threading.Barrier(publishers + company)

    def correct(number: int) -> None:
        dice = random.Random(number)
        start.wait()
        for turn in range(MOST_ROUNDS):
            if turn < ROUNDS or not play.reversed.is_set():
                _publish(play, dice)

    def accompany(number: int) -> None:
        dice = random.Random(number)
        start.wait()
        while not play.corrected.is_set():
            beside[number % len(beside)](play, dice)
            play.corrected.wait(0.05)

    with ThreadPoolExecutor(publishers + company) as pool:
        others = [pool.submit(accompany, number) for number in range(company)]
        correcting = [pool.submit(correct, number) for number in range(publishers)]
        try:
            for future in correcting:
                future.result()
        finally:
            play.corrected.set()
        for future in others:
            future.result()

    with play.database.reading() as session:
        numbers = session.scalars(select(Edition.number).order_by(Edition.number)).all()
        assert list(numbers) == list(range(1, len(numbers) + 1)), "a number is missing or given twice"
        assert sorted(play.published) == list(numbers[1:]), "an acknowledged edition is not there"
        assert len(play.published) >= ROUNDS
        _assert_spans_join(session)
        for edition in numbers:
            names = {key: one.fields["name"]["text"] for key, one in _versions(session, edition).items()}
            for left, right in play.pairs:
                assert names[left][1:] == names[right][1:]
            rows = session.scalars(select(Edition).where(Edition.number == edition)).one()
            changed = {one.entry_id for one in changes_of(session, rows.change_set_id)}
            assert edition == 1 or len(changed) == 2
        assert_regions_on_their_images(session)
        reversals = session.scalars(select(Edition.number).where(Edition.reverses.is_not(None))).all()
        assert reversals, "nothing was reversed"
    assert len(set(play.read)) > 1, "the readers never read beside a publication"


def _assert_spans_join(session: Session) -> None:
    """One entry's spans follow one another without gap or overlap, the last one open."""
    spans: dict[object, list[tuple[int, int | None]]] = {}
    for row in session.scalars(select(PublishedEntry).order_by(PublishedEntry.from_edition)):
        spans.setdefault(row.entry_id, []).append((row.from_edition, row.to_edition))
    for held in spans.values():
        assert held[-1][1] is None
        assert all(one[1] == following[0] for one, following in pairwise(held))


def test_an_edition_in_the_making_is_invisible_until_it_commits(postgres_database: Database) -> None:
    with postgres_database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [["陳大"]])
        version = named(session, "陳大")
        request = begin_request(session, scene, correction_form(version, "陳太"))
        stage_entry_updated(
            session,
            change_set=change_set(session, request),
            entry_id=version.entry_id,
            texts={"name": "陳太"},
            actor=scene.operator,
            at=NOW,
        )
        deliver_and_confirm(session, scene, request)
    with postgres_database.writing() as writer:
        publish_request(writer, actor=scene.publisher, request_id=request.id, at=NOW)
        writer.flush()
        with postgres_database.reading() as reader:
            assert current_edition(reader) == 1
            assert [one.fields["name"]["text"] for one in published_versions(reader, 1)] == ["陳大"]
    with postgres_database.reading() as reader:
        assert current_edition(reader) == 2
