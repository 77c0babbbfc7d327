"""A rerun is settled once nothing of it is owed, whatever failed or was cut off; on both engines."""

from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import func, select

from domain.series import InvalidSeries, Series, load_series
from index_service.requests.operations import compare_images
from index_service.requests.tables import Request
from ingest.batches.schemas import Reason
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.ocr.tesseract import TesseractRecogniser
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools
from ingest.processing.claim import LeaseLost
from ingest.processing.operations.fail_run import fail_run
from ingest.processing.operations.sweep_runs import sweep_runs
from ingest.processing.process_run import process_run
from ingest.processing.room import ProcessingRoom
from ingest.processing.run_queue import RunQueue
from ingest.processing.sweep_once import sweep_once
from ingest.reruns.operations import settle_rerun as settling
from ingest.reruns.operations.order_rerun import order_rerun
from storage.intake.tables import BatchPage, ProcessingRun, RecognitionResult, Rerun
from storage.objects.files import FileObjectStore
from tests.index_service.scene import NOW
from tests.ingest.processing.test_leases import claimed, sure
from tests.ingest.reruns.published import published_site
from tests.ingest.reruns.rereading import Read, commit, same


def test_a_thick_volume_is_settled_step_by_step_and_cut_off_goes_on(
    volume: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    first, second = volume.order()
    volume.commit(first, same("陳太", "陳二"))
    volume.commit(second, same("林五"))
    with volume.database.writing() as session:
        rerun = settling.settle_rerun(session, rerun_id=volume.rerun(session).id, at=NOW)
        assert (rerun.state, rerun.settled_to, rerun.request_id is None) == ("reading", first, False)
    with volume.database.writing() as session:
        settling.settle_rerun(session, rerun_id=rerun.id, at=NOW)
        session.rollback()  # the power went
    for _ in range(2):
        volume.settle()
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.state == "read"
        assert rerun.counts is not None
        assert (rerun.counts["images"], rerun.counts["entries"], rerun.counts["changes"]) == (2, 3, 2)
        assert len(rerun.counts["more_requests"]) == 1
        kinds = list(session.scalars(select(Request.kind)))
        assert kinds.count("index_correction") == 2


def test_a_last_page_that_fails_leaves_no_step_to_the_sweeper(
    volume: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where `huji admin rerun --here` reads, there may be no sweeper: it would wait for ever."""
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    nothing_stored = FileObjectStore(tmp_path)
    tools = PageTools(nothing_stored, LimitedDecoder(), Readers(TesseractRecogniser()), load_series)
    room = ProcessingRoom(volume.database, tools, "test", lambda: NOW, most_attempts=1)
    assert process_run(room, run_id=second)
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.counts is not None
        assert (rerun.state, rerun.counts["failed"], rerun.counts["changes"]) == ("read", 1, 1)


def test_a_rerun_that_cannot_be_settled_stops_no_sweeper(
    volume: Read, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A scheduler that meets an error nobody foresaw still enqueues the pages of all the others."""
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    claimed(volume.database, second, lease=timedelta(seconds=-1))
    with monkeypatch.context() as without:
        without.setattr(compare_images, "known_fields", lambda _: 1 / 0)
        queue = RunQueue(Redis(unix_socket_path="/nowhere"))
        sweep_once(volume.database, queue, now=lambda: NOW, most_attempts=1)
    assert "cannot be settled" in caplog.text
    with volume.database.reading() as session:
        assert session.get_one(ProcessingRun, second).state == "failed"
        assert volume.rerun(session).state == "reading"
    volume.settle()
    with volume.database.reading() as session:
        assert volume.rerun(session).state == "read"


def test_a_rerun_that_cannot_be_settled_costs_no_reading(
    volume: Read, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What a worker took seconds to read is committed before anything is compared with it."""
    first, second = volume.order()
    with monkeypatch.context() as without:
        without.setattr(compare_images, "known_fields", lambda _: 1 / 0)
        volume.read(first, same("陳太", "陳二"))
        volume.read(second, same("林三"))
    assert "cannot be settled" in caplog.text
    with volume.database.reading() as session:
        assert volume.rerun(session).state == "reading"
        assert {session.get_one(ProcessingRun, run).state for run in (first, second)} == {"done"}
    volume.settle()
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.counts is not None
        assert (rerun.state, rerun.counts["changes"]) == ("read", 1)


def test_the_worker_that_reads_the_last_page_settles_the_rerun(
    sqlite_url: str, decoder: LimitedDecoder, tmp_path: Path
) -> None:
    """Its report is there as soon as the page is, with no sweeper at all."""
    with published_site(sqlite_url, tmp_path) as site:
        with site.database.writing() as session:
            ministry, volume_id = site.scene.ministry, site.scene.volume.id
            _, runs = order_rerun(session, actor=ministry, volume_id=volume_id, series_key=None, at=NOW)
        tools = PageTools(site.store, decoder, Readers(choose_engines()[0]), load_series)
        assert process_run(ProcessingRoom(site.database, tools, "test", lambda: NOW), run_id=runs[0])
        with site.database.reading() as session:
            rerun = session.scalars(select(Rerun)).one()
            assert rerun.counts is not None
            assert (rerun.state, rerun.counts["changes"]) == ("read", 1)
            assert session.get_one(Request, rerun.request_id).kind == "index_correction"


def test_a_page_that_cannot_be_read_holds_up_none_of_the_others(volume: Read) -> None:
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    claim = sure(claimed(volume.database, second))
    with volume.database.writing() as session:
        error = Reason(code="unexpected", zh="錯誤", en="An error")
        assert fail_run(session, claim=claim, error=error, most_attempts=1, at=NOW)
    volume.settle()
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.counts is not None
        assert (rerun.state, rerun.counts["failed"], rerun.counts["changes"]) == ("read", 1, 1)
        assert set(session.scalars(select(BatchPage.state))) == {"done"}


def test_a_worker_lost_at_every_attempt_ends_its_run_and_the_rerun(volume: Read) -> None:
    first, second = volume.order()
    volume.read(first, same("陳大", "陳二"))
    claimed(volume.database, second, lease=timedelta(seconds=-1))
    with volume.database.writing() as session:
        sweep_runs(session, most_attempts=1, at=NOW)
    volume.settle()
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.counts is not None
        assert (rerun.state, rerun.counts["failed"]) == ("read", 1)


def test_a_lease_that_was_lost_writes_nothing(volume: Read) -> None:
    first, _ = volume.order()
    old = sure(claimed(volume.database, first, lease=timedelta(seconds=-1)))
    new = sure(claimed(volume.database, first, "w2"))
    with pytest.raises(LeaseLost):
        commit(volume.database, old, same("陳太", "陳二"))
    commit(volume.database, new, same("陳太", "陳二"))
    with volume.database.reading() as session:
        query = select(func.count(RecognitionResult.id)).where(RecognitionResult.run_id == first)
        assert session.scalar(query) == 1


@pytest.mark.parametrize("error", [KeyError("no series"), InvalidSeries(("wrong",))])
def test_a_volume_whose_series_is_gone_ends_and_says_so(
    volume: Read, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Nothing can be compared; once the series is back the volume may be ordered again."""
    runs = volume.order()

    def gone(_key: str) -> Series:
        raise error

    monkeypatch.setattr(settling, "AT_ONCE", 1)
    volume.commit(runs[0], same("陳太", "陳二"))
    volume.commit(runs[1], same("林三"))
    with monkeypatch.context() as patch:
        patch.setattr(compare_images, "load_series", gone)
        volume.settle()
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert (rerun.state, rerun.request_id) == ("read", None)
        assert rerun.counts is not None
        assert rerun.counts["refused"] == ["series_unknown"]
        assert (rerun.counts["images"], rerun.counts["changes"]) == (2, 0)
    assert len(volume.order()) == 2
