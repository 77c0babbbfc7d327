"""Process one run from claim to commit; whatever happens, the row says how it stands."""

import logging
import uuid
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from imaging.decoding import RefusedImage
from imaging.transform import PageTransform
from ingest.batches.schemas import Reason
from ingest.decoding.answers import EXHAUSTED
from ingest.pipeline.reread import reread_page, store_text, store_turned
from ingest.pipeline.run import run_page
from ingest.processing.claim import Claim, LeaseLost
from ingest.processing.keep_lease import keep_lease
from ingest.processing.operations.claim_run import claim_run
from ingest.processing.operations.commit_run import commit_run
from ingest.processing.operations.fail_run import fail_run, refuse_run
from ingest.processing.operations.release_run import release_run
from ingest.processing.queries import PageWork, find_work
from ingest.processing.room import ProcessingRoom
from ingest.reruns.operations.commit_rereading import commit_rereading
from ingest.reruns.settle_waiting import settle_waiting
from storage.objects.errors import StoreUnavailable

_log = logging.getLogger(__name__)


def process_run(room: ProcessingRoom, *, run_id: uuid.UUID) -> bool:
    """Process a run unless it is settled or another's; returns whether it was ours. Safe to repeat."""
    with room.database.writing() as session:
        claim = claim_run(session, run_id=run_id, worker=room.worker, lease=room.lease)
    if claim is None:
        return False
    room.at_point("claimed")
    try:
        _work(room, claim)
    except LeaseLost as lost:
        _log.info("left to its new owner: %s", lost)
    return True


def _work(room: ProcessingRoom, claim: Claim) -> None:
    try:
        _run_and_commit(room, claim)
    except RefusedImage as refusal:
        _refuse(room, claim, refusal)
    except (StoreUnavailable, OperationalError):
        _log.warning("run %s: the store or the database is away; trying later", claim.run_id, exc_info=True)
        with room.database.writing() as session:
            release_run(session, claim=claim, wait=room.wait_when_away)
    except LeaseLost:
        raise
    except Exception as error:
        _log.exception("run %s failed", claim.run_id)
        _fail(room, claim, _unexpected(error))


def _run_and_commit(room: ProcessingRoom, claim: Claim) -> None:
    with keep_lease(room.database, claim) as still_ours:
        with room.database.reading() as session:
            work = find_work(session, run_id=claim.run_id)

        def at_step(name: str) -> None:
            room.at_point(name)
            still_ours()

        if work.rerun_id is None:
            outcome = run_page(room.tools, work, at_step)
            with room.database.writing() as session:
                commit_run(session, claim=claim, work=work, outcome=outcome, at=room.now())
                room.at_point("commit")
        else:
            _reread(room, claim, work, at_step)
    room.at_point("committed")
    if work.rerun_id is not None:
        settle_waiting(room.database, now=room.now)


def _reread(room: ProcessingRoom, claim: Claim, work: PageWork, at_step: Callable[[str], None]) -> None:
    assert work.transform is not None, "a rerun reads an image there is"
    reading = reread_page(room.tools, work, at_step, PageTransform.from_json(work.transform))
    at_step("store")
    alto_key = store_text(room.tools.store, reading)
    turned = store_turned(room.tools.store, reading)
    with room.database.writing() as session:
        commit_rereading(
            session,
            claim=claim,
            work=work,
            reading=reading,
            alto_key=alto_key,
            turned=turned,
            at=room.now(),
        )
        room.at_point("commit")


def _refuse(room: ProcessingRoom, claim: Claim, refusal: RefusedImage) -> None:
    error = Reason(code=refusal.code, zh=refusal.zh, en=refusal.en)
    if refusal.code == EXHAUSTED:
        # A crowded machine exhausts a decoder as well as a hostile file does: this one deserves another try.
        _fail(room, claim, error)
        return
    with room.database.writing() as session:
        refuse_run(session, claim=claim, error=error, at=room.now())
    settle_waiting(room.database, now=room.now)


def _fail(room: ProcessingRoom, claim: Claim, error: Reason) -> None:
    with room.database.writing() as session:
        fail_run(session, claim=claim, error=error, most_attempts=room.most_attempts, at=room.now())
    settle_waiting(room.database, now=room.now)


def _unexpected(error: Exception) -> Reason:
    kind = type(error).__name__
    return Reason(
        code="unexpected",
        zh=f"處理時發生未預期的錯誤({kind});系統紀錄載有詳情。",
        en=f"Processing ended in an unexpected {kind}; the log has the details.",
    )
