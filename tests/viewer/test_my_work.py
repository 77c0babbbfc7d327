"""The operator's list: the most doubtful first, even where there are more requests than it shows."""

import uuid

import pytest
from sqlalchemy.orm import Session

from index_service.requests.operations.open_first_load import open_first_load
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, add_batch, add_image, add_page, proposal, set_scene
from tests.index_service.walk import assign_and_start
from viewer.work import queries
from viewer.work.queries import my_work


def _begin(session: Session, scene: Scene, place: int, confidences: list[float]) -> uuid.UUID:
    image = add_image(session, add_page(session, scene, place), "first")
    found = [proposal(at, f"陳{at}", confidence=sure) for at, sure in enumerate(confidences)]
    request = open_first_load(session, batch_id=add_batch(session, scene, [(image, found)]).id, at=NOW)
    assign_and_start(session, scene, request)
    return request.id


def test_the_most_doubtful_come_first_and_none_is_cut_off_for_being_old(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        doubts = ([0.9, 0.3], [], [0.99], [0.6, 0.99])
        old, empty, sure, middling = (
            _begin(session, scene, place, found) for place, found in enumerate(doubts, 1)
        )
        lines = my_work(session, scene.operator)
        assert [line.line.id for line in lines] == [old, middling, sure, empty]
        assert [(line.left, line.least) for line in lines] == [(2, 0.3), (2, 0.6), (1, 0.99), (0, None)]
        assert my_work(session, scene.other_operator) == []
        monkeypatch.setattr(queries, "MOST_SHOWN", 2)
        assert [line.line.id for line in my_work(session, scene.operator)] == [old, middling]
