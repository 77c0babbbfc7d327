"""Claims, leases, tokens and attempts, on both engines; time is the database's own."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.roles import Role
from imaging.fingerprint import SIZE
from index_service.requests.tables import Request
from ingest.batches.operations.declare_batch import declare_batch
from ingest.batches.operations.retry_page import retry_page
from ingest.batches.operations.set_aside_page import set_aside_page
from ingest.batches.queries import describe_batch
from ingest.batches.schemas import Manifest, Reason
from ingest.decoding.answers import Inspected
from ingest.pipeline.outcome import Derivative, PageOutcome, Trace
from ingest.processing.claim import Claim, LeaseLost
from ingest.processing.operations.claim_run import claim_run
from ingest.processing.operations.commit_run import commit_run
from ingest.processing.operations.fail_run import fail_run, refuse_run
from ingest.processing.operations.release_run import release_run
from ingest.processing.operations.renew_lease import renew_lease
from ingest.processing.operations.sweep_runs import sweep_runs
from ingest.processing.queries import find_due_runs, find_work
from ingest.uploads.operations.accept_file import accept_file
from storage.database.session import Database
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, RecognitionResult, Upload
from storage.objects.keys import content_key
from tests.ingest.house import AT, Place, declared, make_place, person

LONG = timedelta(minutes=5)
ERROR = Reason(code="unexpected", zh="錯誤", en="An error")
OUTCOME = PageOutcome(
    media_type="image/png",
    width=100,
    height=80,
    ppi=300.0,
    derivative=Derivative("sha256/x", "sha256/y", 100, 80, {"levels": []}),
    transform={},
    quality=(),
    flagged=False,
    engine="drawn",
    lines=(),
    proposals=(),
    alto_key="sha256/z",
    trace=Trace("0" * 64, bytes(SIZE), None),
    timings={"decode": 0.1},
)


@pytest.fixture
def place(database: Database) -> Place:
    """A station's place, on each engine."""
    return make_place(database)


@pytest.fixture
def runs(database: Database, place: Place) -> list[uuid.UUID]:
    """Two pages of one batch, stored, a run owed to each."""
    files = [declared("1.png", b"1", "1"), declared("2.png", b"2", "2")]
    manifest = Manifest.model_validate({"volume": "甲-1", "files": files})
    with database.writing() as session:
        batch, _ = declare_batch(session, actor=place.principal, key="k", manifest=manifest, at=AT)
        owed = accept_all(session, place, batch)
        assert batch.state == "processing"
    return owed


def accept_all(session: Session, place: Place, batch: Batch) -> list[uuid.UUID]:
    """Store the files of a batch, as a completed upload does; returns the runs owed, in order."""
    owed: list[uuid.UUID] = []
    for file in session.scalars(
        select(BatchFile).filter_by(batch_id=batch.id).order_by(BatchFile.ordinal)
    ).all():
        upload = Upload(file_id=file.id, office_id=place.office_id, store_reference="r", part_size=1)
        upload.created_at, upload.state = AT, "open"
        session.add(upload)
        session.flush()
        owed += accept_file(
            session,
            actor=place.principal,
            upload_id=upload.id,
            inspected=Inspected("image/png", 1, 100, 80),
            object_key=content_key(file.sha256),
            at=AT,
        )
    return owed


def claimed(database: Database, run: uuid.UUID, worker: str = "w1", lease: timedelta = LONG) -> Claim | None:
    """Claim in a transaction of its own."""
    with database.writing() as session:
        return claim_run(session, run_id=run, worker=worker, lease=lease)


def sure(claim: Claim | None) -> Claim:
    """Return a claim that must be one."""
    assert claim is not None
    return claim


def committed(database: Database, claim: Claim) -> None:
    """Commit an outcome in a transaction of its own."""
    with database.writing() as session:
        work = find_work(session, run_id=claim.run_id)
        commit_run(session, claim=claim, work=work, outcome=OUTCOME, at=AT)


def test_a_leased_run_is_nobody_elses(database: Database, runs: list[uuid.UUID]) -> None:
    first = sure(claimed(database, runs[0]))
    assert claimed(database, runs[0], "w2") is None
    assert (first.token, first.attempt) == (1, 1)
    with database.reading() as session:
        assert find_due_runs(session, limit=9) == [runs[1]]


def test_a_lease_that_ran_out_is_taken_over_and_the_old_token_writes_nothing(
    database: Database, runs: list[uuid.UUID]
) -> None:
    old = sure(claimed(database, runs[0], lease=timedelta(milliseconds=50)))
    time.sleep(0.1)
    new = sure(claimed(database, runs[0], "w2"))
    assert (new.token, new.attempt) == (2, 2)
    writers: list[Callable[[], object]] = [
        lambda: _write(database, lambda session: renew_lease(session, claim=old)),
        lambda: _write(
            database, lambda session: fail_run(session, claim=old, error=ERROR, most_attempts=1, at=AT)
        ),
        lambda: _write(database, lambda session: refuse_run(session, claim=old, error=ERROR, at=AT)),
        lambda: _write(database, lambda session: release_run(session, claim=old, wait=LONG)),
        lambda: committed(database, old),
    ]
    for write in writers:
        with pytest.raises(LeaseLost):
            write()
    committed(database, new)
    with pytest.raises(LeaseLost):
        committed(database, new)
    with database.reading() as session:
        assert len(session.scalars(select(RecognitionResult)).all()) == 1


def test_a_result_that_comes_late_but_first_is_kept(database: Database, runs: list[uuid.UUID]) -> None:
    late = sure(claimed(database, runs[0], lease=timedelta(milliseconds=1)))
    time.sleep(0.05)
    committed(database, late)


def test_a_renewed_lease_lasts(database: Database, runs: list[uuid.UUID]) -> None:
    claim = sure(claimed(database, runs[0], lease=timedelta(seconds=1)))
    for _ in range(3):
        time.sleep(0.5)
        _write(database, lambda session: renew_lease(session, claim=claim))
        assert claimed(database, runs[0], "w2") is None


def test_the_last_page_opens_the_first_load(database: Database, runs: list[uuid.UUID]) -> None:
    committed(database, sure(claimed(database, runs[0])))
    assert _batch_state(database) == "processing"
    committed(database, sure(claimed(database, runs[1])))
    assert _batch_state(database) == "processed"
    with database.reading() as session:
        assert session.scalars(select(Request.kind)).all() == ["first_load"]


def test_attempts_are_bounded_and_the_page_keeps_its_reason(
    database: Database, runs: list[uuid.UUID], place: Place
) -> None:
    for attempt in (1, 2):
        claim = sure(claimed(database, runs[0]))
        with database.writing() as session:
            over = fail_run(session, claim=claim, error=ERROR, most_attempts=2, at=AT)
        assert over is (attempt == 2)
    assert claimed(database, runs[0]) is None
    committed(database, sure(claimed(database, runs[1])))
    assert _batch_state(database) == "processed"
    with database.writing() as session:
        batch = session.scalars(select(Batch)).one()
        failure = describe_batch(session, batch=batch).failures[0]
        assert (failure.state, failure.attempts, failure.reason) == ("failed", 2, ERROR)
        crew = place.principal
        run = retry_page(session, actor=crew, batch_id=batch.id, page_id=failure.page_id, at=AT)
        retried = run.id
    assert _batch_state(database) == "processing"
    committed(database, sure(claimed(database, retried)))
    assert _batch_state(database) == "processed"
    with database.reading() as session:
        assert session.scalars(select(BatchPage.state)).all() == ["done", "done"]
        assert len(session.scalars(select(Request)).all()) == 1


def test_a_refused_page_is_set_aside_not_retried(database: Database, runs: list[uuid.UUID]) -> None:
    claim = sure(claimed(database, runs[0]))
    _write(database, lambda session: refuse_run(session, claim=claim, error=ERROR, at=AT))
    with database.writing() as session:
        batch = session.scalars(select(Batch)).one()
        page = describe_batch(session, batch=batch).failures[0]
        operator = person(Role.OPERATOR)
        set_aside_page(session, actor=operator, batch_id=batch.id, page_id=page.page_id, reason="破損", at=AT)
        assert describe_batch(session, batch=batch).pages == {"set_aside": 1, "pending": 1}


def test_a_released_run_waits_and_counts_no_attempt(database: Database, runs: list[uuid.UUID]) -> None:
    claim = sure(claimed(database, runs[0]))
    _write(database, lambda session: release_run(session, claim=claim, wait=timedelta(seconds=0.3)))
    assert claimed(database, runs[0]) is None
    time.sleep(0.4)
    assert sure(claimed(database, runs[0])).attempt == 1


def test_a_page_that_kills_every_worker_is_given_up(database: Database, runs: list[uuid.UUID]) -> None:
    claimed(database, runs[0], lease=timedelta(milliseconds=1))
    time.sleep(0.05)
    with database.writing() as session:
        assert sweep_runs(session, most_attempts=2, at=AT) == runs
    claimed(database, runs[0], lease=timedelta(milliseconds=1))
    time.sleep(0.05)
    with database.writing() as session:
        assert sweep_runs(session, most_attempts=2, at=AT) == runs[1:]
        assert session.scalars(select(BatchPage.state).order_by(BatchPage.id)).all() == ["failed", "pending"]
        error = session.get_one(ProcessingRun, runs[0]).error
    assert error is not None
    assert error["code"] == "worker_lost"


def test_a_page_moved_on_takes_no_result(database: Database, runs: list[uuid.UUID]) -> None:
    claim = sure(claimed(database, runs[0]))
    with database.writing() as session:
        work = find_work(session, run_id=claim.run_id)
        session.execute(update(BatchPage).where(BatchPage.id == work.batch_page_id).values(state="failed"))
    with pytest.raises(LeaseLost), database.writing() as session:
        commit_run(session, claim=claim, work=work, outcome=OUTCOME, at=AT)
    with database.reading() as session:
        assert session.scalars(select(RecognitionResult)).all() == []


def _write(database: Database, act: Callable[..., object]) -> None:
    with database.writing() as session:
        act(session)


def _batch_state(database: Database) -> str:
    with database.reading() as session:
        return session.scalars(select(Batch.state)).one()
