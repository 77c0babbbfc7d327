"""Every topic that a room posts has a handler, and the scheduler's task reaches it."""

import re
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

import index_service
from huji.outbox import delivering, handlers_of
from huji.settings import Settings
from huji.wiring import build_house
from index_service.notices.tables import Notice
from index_service.requests.operations.deliver_request import deliver_request
from storage.database.outbox.tables import Outbox
from tests.index_service.scene import NOW, set_scene
from tests.index_service.walk import assign_and_start, begin_load


def test_every_topic_posted_is_handled(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=sqlite_url, objects=f"files:{tmp_path}")
    handled = set(handlers_of(build_house(settings)))
    rooms = Path(index_service.__file__).parent
    posted = {
        name
        for file in rooms.rglob("*.py")
        for name in re.findall(r"post\(\s*session,\s*([A-Z_]+),", file.read_text())
    }
    assert len(handled) == len(posted) > 0


def test_an_unanswered_delivery_is_told_when_its_time_has_come(sqlite_url: str, tmp_path: Path) -> None:
    house = build_house(Settings(database_url=sqlite_url, objects=f"files:{tmp_path}"))
    with house.database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        message = session.scalars(select(Outbox).where(Outbox.topic == "request.silence")).one()
        message.due_at = NOW - timedelta(days=1)
    delivering(house).run()
    with house.database.reading() as session:
        told = session.scalars(select(Notice.kind).where(Notice.request_id == request.id)).all()
    assert told.count("request.unanswered") == 2
