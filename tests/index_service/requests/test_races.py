"""What many do at the same moment on PostgreSQL: tiles of one page, one number each, one loser an edit."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from access.http.problems import Stale
from index_service.changesets.operations.edit_proposal import edit_proposal
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.tables import Opening, Request
from storage.database.session import Database
from tests.index_service.scene import NOW, add_batch, add_image, add_page, proposal, set_scene
from tests.index_service.walk import assign_and_start, begin_load, changes, rebuild_form

TOGETHER = 8


def at_once(act: Callable[[int], object]) -> list[object]:
    """Run an act in several threads that start together."""
    start = threading.Barrier(TOGETHER)

    def run(number: int) -> object:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return [future.result() for future in [pool.submit(run, number) for number in range(TOGETHER)]]


def test_many_tiles_of_a_page_are_one_opening(postgres_database: Database) -> None:
    with postgres_database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        page_id = changes(session, request)[0].page_id

    def serve(_: int) -> bool:
        with postgres_database.writing() as session:
            return record_opening(
                session, actor=scene.supervisor, request_id=request.id, page_id=page_id, part="image", at=NOW
            )

    assert at_once(serve) == [True] * TOGETHER
    with postgres_database.reading() as session:
        assert session.scalar(select(func.count(Opening.id))) == 1


def test_requests_drafted_together_get_numbers_of_their_own(postgres_database: Database) -> None:
    with postgres_database.writing() as session:
        scene = set_scene(session)
        page_id = add_page(session, scene, 1).id

    def draft(_: int) -> str:
        with postgres_database.writing() as session:
            return draft_request(session, actor=scene.clerk, form=rebuild_form(page_id), at=NOW).number

    numbers = at_once(draft)
    assert sorted(map(str, numbers)) == [f"115-{number:06d}" for number in range(1, TOGETHER + 1)]


def test_a_batch_settled_by_several_workers_opens_one_request(postgres_database: Database) -> None:
    with postgres_database.writing() as session:
        scene = set_scene(session)
        image = add_image(session, add_page(session, scene, 1), "first")
        batch_id = add_batch(session, scene, [(image, [proposal(0, "陳大")])]).id

    def settle(_: int) -> uuid.UUID:
        with postgres_database.writing() as session:
            return open_first_load(session, batch_id=batch_id, at=NOW).id

    assert len(set(at_once(settle))) == 1
    with postgres_database.reading() as session:
        assert session.scalar(select(func.count(Request.id))) == 1
        assert session.scalar(select(func.count(EntryVersion.id))) == 1


def test_of_edits_from_one_version_one_wins_and_nobodys_text_is_lost(postgres_database: Database) -> None:
    with postgres_database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        change_id = next(one.id for one in changes(session, request) if one.entry_id)

    kept: list[bool] = []

    def edit(number: int) -> str | None:
        texts = {"name": f"陳{number}"}
        try:
            with postgres_database.writing() as session:
                edit_proposal(
                    session, actor=scene.operator, change_id=change_id, row_version=1, texts=texts, at=NOW
                )
        except Stale as stale:
            kept.append(stale.details["kept"]["texts"] == texts)
            return None
        return texts["name"]

    won = [one for one in at_once(edit) if one is not None]
    assert len(won) == 1
    assert kept == [True] * (TOGETHER - 1)
    with postgres_database.reading() as session:
        versions = session.scalars(select(EntryVersion).order_by(EntryVersion.number)).all()
        assert [one.fields["name"]["text"] for one in versions] == ["陳大", won[0]]
