"""Who may order a rerun, of what, and when."""

import pytest
from sqlalchemy import func, select

from access.http.problems import Conflict, Forbidden, Invalid
from ingest.processing.queries import find_due_runs, find_work
from storage.database.session import Database
from storage.intake.tables import ProcessingRun
from tests.index_service.scene import set_scene
from tests.ingest.reruns.rereading import Read, same


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


def test_only_the_ministry_orders_a_rerun_of_what_may_be_read(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
    volume = Read(database, scene)
    with pytest.raises(Invalid, match="沒有可重新辨識的影像"):
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
