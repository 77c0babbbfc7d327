"""What a rerun brings to an operator, and what it leaves alone; on both engines."""

from sqlalchemy import func, select

from domain.workflow import State
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.queries import change_set_of, changes_of
from index_service.editions.queries import current_edition, published_versions
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.start_request import start_request
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from storage.catalogue.tables import PageImage
from storage.database.session import Database
from tests.index_service.scene import NOW, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_load,
    deliver_and_confirm,
    named,
    names_at,
    publish,
)
from tests.ingest.reruns.rereading import Read, same


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
            "proposed": 0,
            "under_way": 0,
            "unpublished": 0,
            "unstaged": 0,
            "failed": 0,
        }
        assert len(items_of(session, request.id)) == 1


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
    volume.read(second, same("林三"))
    with volume.database.reading() as session:
        rerun = volume.rerun(session)
        assert (rerun.state, rerun.request_id) == ("read", None)
        assert rerun.counts is not None
        wanted = {"changes": 0, "lost": 1, "unpaired_entries": 1, "unpaired_readings": 0, "proposed": 0}
        assert {key: rerun.counts[key] for key in wanted} == wanted


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
