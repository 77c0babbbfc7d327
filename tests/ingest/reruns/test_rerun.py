"""A rerun of recognition, from the order to the request it opens; on both engines."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Forbidden, Invalid
from domain.series import load_series
from domain.workflow import State
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.queries import change_set_of, changes_of
from index_service.editions.queries import current_edition, published_versions
from index_service.entries.tables import EntryVersion
from index_service.requests.operations import open_rereading
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.start_request import start_request
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from ingest.batches.schemas import Reason
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.tesseract import TesseractRecogniser
from ingest.pipeline.read_form import Readers
from ingest.pipeline.reread import Rereading
from ingest.pipeline.run import PageTools
from ingest.processing.claim import Claim, LeaseLost
from ingest.processing.operations.fail_run import fail_run
from ingest.processing.operations.sweep_runs import sweep_runs
from ingest.processing.process_run import process_run
from ingest.processing.queries import find_due_runs, find_work
from ingest.processing.room import ProcessingRoom
from ingest.processing.run_queue import RunQueue
from ingest.processing.sweep_once import sweep_once
from ingest.reruns.operations import settle_rerun as settling
from ingest.reruns.operations.commit_rereading import commit_rereading
from ingest.reruns.operations.order_rerun import order_rerun
from ingest.reruns.settle_waiting import settle_waiting
from storage.catalogue.tables import PageImage
from storage.database.session import Database
from storage.intake.tables import BatchPage, ProcessingRun, RecognitionResult, Rerun
from storage.objects.files import FileObjectStore
from tests.index_service.scene import NOW, Scene, proposal, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_load,
    deliver_and_confirm,
    load,
    named,
    names_at,
    publish,
)
from tests.ingest.processing.test_leases import claimed, sure


@dataclass
class Read:
    """A published volume, and who may order its rerun."""

    database: Database
    scene: Scene

    def order(self, **more: Any) -> list[uuid.UUID]:
        """Order a rerun; returns the runs owed."""
        with self.database.writing() as session:
            _, runs = order_rerun(
                session,
                actor=more.pop("actor", self.scene.ministry),
                volume_id=self.scene.volume.id,
                series_key=more.pop("series_key", None),
                at=NOW,
            )
            return list(runs)

    def read(self, run: uuid.UUID, proposals: Sequence[dict[str, Any]]) -> None:
        """Commit what a worker reads."""
        commit(self.database, sure(claimed(self.database, run)), proposals)

    def rerun(self, session: Session) -> Rerun:
        """The newest rerun."""
        return session.scalars(select(Rerun).order_by(Rerun.id.desc()).limit(1)).one()

    def staged(self, session: Session) -> list[EntryVersion]:
        """The versions that the rerun's request stages."""
        change_set = change_set_of(session, self.rerun(session).request_id or uuid.uuid4())
        assert change_set is not None
        return [
            session.get_one(EntryVersion, one.new_version_id) for one in changes_of(session, change_set.id)
        ]


def commit(database: Database, claim: Claim, proposals: Sequence[dict[str, Any]]) -> None:
    """Commit a rereading in a transaction of its own."""
    reading = Rereading("newer", (), tuple(proposals), b"", {"read": 1.0})
    with database.writing() as session:
        work = find_work(session, run_id=claim.run_id)
        commit_rereading(session, claim=claim, work=work, reading=reading, alto_key="sha256/a", at=NOW)


@pytest.fixture
def volume(database: Database) -> Read:
    """Two pages published, nobody having confirmed a single field."""
    with database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [["陳大", "陳二"], ["林三"]])
    return Read(database, scene)


def same(*names: str) -> list[dict[str, Any]]:
    """The page as it was read at first, by these names."""
    return [proposal(index, name) for index, name in enumerate(names)]


def test_what_is_read_otherwise_is_staged_for_an_operator_and_nothing_is_published(volume: Read) -> None:
    first, second = volume.order()
    with volume.database.reading() as session:
        images, before = session.scalar(select(func.count(PageImage.id))), current_edition(session)
    volume.read(first, same("陳太", "陳二"))
    with volume.database.reading() as session:
        assert volume.rerun(session).state == "reading"
    volume.read(second, same("林三"))
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        request = session.get_one(Request, rerun.request_id)
        (version,) = volume.staged(session)
        assert (rerun.state, request.state, request.kind) == ("read", State.ACCEPTED, "index_correction")
        assert request.office_id == volume.scene.office.id
        assert version.fields["name"]["text"] == "陳太"
        assert version.fields["name"]["alternatives"][0]["text"] == "陳大"
        assert (version.fields["name"]["provenance"], version.fields["name"]["confirmed_by"]) == (
            "recognised",
            None,
        )
        assert version.fields["father"] == named(session, "陳大").fields["father"]
        assert current_edition(session) == before
        assert names_at(session, before) == {"陳大", "陳二", "林三"}
        assert session.scalar(select(func.count(PageImage.id))) == images
        assert rerun.counts == {
            "images": 2,
            "entries": 3,
            "changes": 1,
            "kept": 0,
            "lost": 0,
            "unpaired_entries": 0,
            "unpaired_readings": 0,
            "under_way": 0,
            "failed": 0,
        }
        assert len(items_of(session, request.id)) == 1


def test_a_thick_volume_is_settled_step_by_step_and_cut_off_goes_on(
    volume: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    volume.read(second, same("林五"))
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert (rerun.state, rerun.settled_to, rerun.request_id is None) == ("reading", first, False)
    with volume.database.writing() as session:
        settling.settle_rerun(session, rerun_id=rerun.id, at=NOW)
        session.rollback()  # the power went
    for _ in range(2):
        settle_waiting(volume.database, now=lambda: NOW)
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
    """A scheduler that lacks the file of a site's own series still enqueues the pages of all the others."""
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    claimed(volume.database, second, lease=timedelta(seconds=-1))
    with monkeypatch.context() as without:
        without.setattr(open_rereading, "load_series", lambda key: {}[key])
        queue = RunQueue(Redis(unix_socket_path="/nowhere"))
        sweep_once(volume.database, queue, now=lambda: NOW, most_attempts=1)
    assert "cannot be settled" in caplog.text
    with volume.database.reading() as session:
        assert session.get_one(ProcessingRun, second).state == "failed"
        assert volume.rerun(session).state == "reading"
    settle_waiting(volume.database, now=lambda: NOW)
    with volume.database.reading() as session:
        assert volume.rerun(session).state == "read"


def test_the_request_goes_the_way_of_any_other(volume: Read) -> None:
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    volume.read(second, same("林三"))
    with volume.database.writing() as session:
        request = session.get_one(Request, volume.rerun(session).request_id)
        operator = volume.scene.operator
        assert operator.account_id is not None
        reassign_request(
            session,
            actor=volume.scene.ministry,
            request_id=request.id,
            operator_id=operator.account_id,
            at=NOW,
        )
        start_request(session, actor=operator, request_id=request.id, at=NOW)
        deliver_and_confirm(session, volume.scene, request)
        edition = publish(session, volume.scene, request)
        assert names_at(session, edition.number) == {"陳太", "陳二", "林三"}
        assert_regions_on_their_images(session)


def test_what_a_person_stands_behind_is_never_touched(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大", "陳二"]])
        assign_and_start(session, scene, request)
        change_set = change_set_of(session, request.id)
        assert change_set is not None
        for change in changes_of(session, change_set.id):
            version = session.get(EntryVersion, change.new_version_id) if change.new_version_id else None
            if version is not None and version.fields["name"]["text"] == "陳大":
                confirm_fields(
                    session,
                    actor=scene.operator,
                    change_id=change.id,
                    row_version=change.row_version,
                    keys=["name"],
                    at=NOW,
                )
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
    volume = Read(database, scene)
    (run,) = volume.order()
    reading = same("陳太", "陳二")
    reading[0]["fields"]["father"]["text"] = "陳文"
    volume.read(run, reading)
    with database.reading() as session:
        rerun = volume.rerun(session)
        (version,) = volume.staged(session)
        assert version.fields["name"]["text"] == "陳大"
        assert version.fields["name"]["confirmed_by"] == str(scene.operator.account_id)
        assert version.fields["father"]["text"] == "陳文"
        assert rerun.counts is not None
        assert (rerun.counts["changes"], rerun.counts["kept"]) == (1, 1)


def test_what_is_read_alike_or_no_more_opens_nothing(volume: Read) -> None:
    first, second = volume.order()
    gone = same("陳大", "陳二")
    del gone[0]["fields"]["father"]
    volume.read(first, gone[:1])
    volume.read(second, [*same("林三"), proposal(5, "新人")])
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert (rerun.state, rerun.request_id) == ("read", None)
        assert rerun.counts is not None
        wanted = {"changes": 0, "lost": 1, "unpaired_entries": 1, "unpaired_readings": 1}
        assert {key: rerun.counts[key] for key in wanted} == wanted


def test_a_page_that_cannot_be_read_holds_up_none_of_the_others(volume: Read) -> None:
    first, second = volume.order()
    volume.read(first, same("陳太", "陳二"))
    claim = sure(claimed(volume.database, second))
    with volume.database.writing() as session:
        error = Reason(code="unexpected", zh="錯誤", en="An error")
        assert fail_run(session, claim=claim, error=error, most_attempts=1, at=NOW)
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
    settle_waiting(volume.database, now=lambda: NOW)
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


def test_one_rerun_of_a_volume_is_under_way_at_a_time(volume: Read) -> None:
    first, second = volume.order()
    with pytest.raises(Conflict):
        volume.order()
    volume.read(first, same("陳大", "陳二"))
    volume.read(second, same("林三"))
    again = list(volume.order())
    assert len(again) == 2
    with volume.database.reading() as session:
        assert find_due_runs(session, limit=9) == again
        assert session.scalar(select(func.count(ProcessingRun.id))) == 6


def test_only_the_ministry_orders_a_rerun_of_what_is_published(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        begin_load(session, scene, [["陳大"]])
    volume = Read(database, scene)
    with pytest.raises(Invalid, match="尚無已公布"):
        volume.order()
    with pytest.raises(Forbidden):
        volume.order(actor=scene.operator)
    with pytest.raises(Invalid, match="There is no series"):
        volume.order(series_key="no_such_series")


def test_the_series_named_is_read_by(volume: Read) -> None:
    first, _ = volume.order(series_key="household_registration")
    with volume.database.reading() as session:
        work = find_work(session, run_id=first)
        assert work.series_key == "household_registration"
        assert work.page_image_id is not None


def test_fields_that_the_entries_do_not_have_are_left_out(volume: Read) -> None:
    first, second = volume.order()
    reading = same("陳大", "陳二")
    reading[0]["fields"]["no_such_field"] = reading[0]["fields"]["name"]
    volume.read(first, reading)
    volume.read(second, same("林三"))
    with volume.database.reading() as session:
        assert volume.rerun(session).request_id is None
        assert len(published_versions(session, current_edition(session))) == 3


def test_an_entry_that_another_request_is_at_work_on_is_left_to_it(volume: Read) -> None:
    for _ in range(2):
        first, second = volume.order()
        volume.read(first, same("陳太", "陳二"))
        volume.read(second, same("林三"))
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert rerun.request_id is None
        assert rerun.counts is not None
        assert (rerun.counts["under_way"], rerun.counts["changes"]) == (1, 0)
