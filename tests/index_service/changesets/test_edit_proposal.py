"""The operator's word stands over what was read, and nobody's is overwritten unseen."""

from typing import Any

import pytest

from access.http.problems import Conflict, Invalid, NotFound, Stale
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.operations.edit_proposal import edit_proposal
from index_service.changesets.operations.remove_change import remove_change
from index_service.changesets.queries import list_changes
from index_service.changesets.tables import Change
from index_service.entries.queries import version_history
from index_service.entries.tables import EntryVersion
from storage.database.identity import new_id
from storage.database.session import Database
from tests.index_service.scene import NOW, add_batch, add_image, add_page, proposal, set_scene
from tests.index_service.walk import assign_and_start, begin_load, change_set, changes


def test_an_edit_makes_a_new_version_and_the_old_one_stays(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        change = next(one for one in changes(session, request) if one.entry_id)
        read = session.get_one(EntryVersion, change.new_version_id)
        edited = edit_proposal(
            session,
            actor=scene.operator,
            change_id=change.id,
            row_version=1,
            texts={"name": "陳太", "birth_date": "明治四十五年七月三十日"},
            region=[1.0, 2.0, 30.0, 40.0],
            boxes={"father": [3.0, 4.0, 5.0, 6.0]},
            at=NOW,
        )
        version = session.get_one(EntryVersion, edited.new_version_id)
        assert [one.number for one in version_history(session, version.entry_id)] == [1, 2]
        assert read.fields["name"]["text"] == "陳大"
        assert version.fields["name"] == {
            "text": "陳太",
            "confidence": 1.0,
            "box": read.fields["name"]["box"],
            "alternatives": [],
            "provenance": "edited",
            "confirmed_by": str(scene.operator.account_id),
        }
        assert version.fields["birth_date"]["parsed"]["earliest"] == "1912-07-30"
        assert version.fields["father"]["confirmed_by"] is None
        assert version.region == [1.0, 2.0, 30.0, 40.0]
        assert version.fields["father"]["box"] == [3.0, 4.0, 5.0, 6.0]
        assert edited.row_version == 2


def test_what_a_text_comes_to_is_told_of_the_text_typed(database: Database) -> None:
    """A place corrected is linked anew, and one that is no known place is not left with the link it had."""
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        change = next(one for one in changes(session, request) if one.entry_id)

        def typed(address: str, row_version: int) -> dict[str, Any]:
            edited = edit_proposal(
                session,
                actor=scene.operator,
                change_id=change.id,
                row_version=row_version,
                texts={"address": address},
                at=NOW,
            )
            version = session.get_one(EntryVersion, edited.new_version_id)
            return dict(version.fields["address"])

        assert typed("臺北州七星郡士林街百番地", 1)["parsed"]["node"] == "1920.七星.士林"
        many = typed("臺南廳", 2)["parsed"]
        assert (many["node"], len(many["candidates"])) == (None, 2)
        assert "parsed" not in typed("不明", 3)


def test_the_loser_keeps_the_text(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        change = next(one for one in changes(session, request) if one.entry_id)
        edit_proposal(
            session,
            actor=scene.operator,
            change_id=change.id,
            row_version=1,
            texts={"name": "陳太"},
            at=NOW,
        )
        with pytest.raises(Stale) as caught:
            edit_proposal(
                session,
                actor=scene.operator,
                change_id=change.id,
                row_version=1,
                texts={"name": "陳犬"},
                at=NOW,
            )
        assert caught.value.details["kept"]["texts"] == {"name": "陳犬"}
        assert caught.value.details["current"] == '"2"'
        assert session.get_one(EntryVersion, change.new_version_id).fields["name"]["text"] == "陳太"


def test_changes_come_least_certain_first_and_a_confirmed_one_goes_last(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        page = add_page(session, scene, 1)
        image = add_image(session, page, "first")
        readings = [
            proposal(index, name, confidence=sure)
            for index, (name, sure) in enumerate([("甲", 0.9), ("乙", 0.2), ("丙", 0.5)])
        ]
        batch = add_batch(session, scene, [(image, readings)])
        from index_service.requests.operations.open_first_load import open_first_load

        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        work = change_set(session, request)
        everything = list_changes(session, work.id)
        listed = [one for one in everything if one.entry_id]
        assert [one.action for one in everything[3:]] == ["image_added", "page_placed"]
        assert [_name(session.get_one(EntryVersion, one.new_version_id)) for one in listed] == [
            "乙",
            "丙",
            "甲",
        ]
        after = listed[0].least_confidence, listed[0].id
        assert after[0] is not None
        assert list_changes(session, work.id, after=(after[0], after[1])) == everything[1:]
        confirm_fields(session, actor=scene.operator, change_id=listed[0].id, row_version=1, at=NOW)
        last = [one.id for one in list_changes(session, work.id) if one.entry_id][-1]
        assert last == listed[0].id
        version = session.get_one(EntryVersion, listed[0].new_version_id)
        assert version.fields["name"]["provenance"] == "recognised"
        assert version.fields["name"]["confirmed_by"] == str(scene.operator.account_id)


def _name(version: EntryVersion) -> str:
    name: str = version.fields["name"]["text"]
    return name


def test_only_the_assigned_operator_edits_and_only_in_maintenance(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        change = next(one for one in changes(session, request) if one.entry_id)

        def edit(actor_name: str) -> Change:
            return edit_proposal(
                session,
                actor=scene.people[actor_name],
                change_id=change.id,
                row_version=1,
                texts={"name": "陳太"},
                at=NOW,
            )

        with pytest.raises(Conflict, match="維護中"):
            edit("operator")
        assign_and_start(session, scene, request)
        with pytest.raises(Conflict, match="其他維護人員"):
            edit("other_operator")
        edit("operator")


def test_bad_values_are_refused_by_name(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        assign_and_start(session, scene, request)
        change = next(one for one in changes(session, request) if one.entry_id)

        def edit(texts: dict[str, str], region: list[float] | None = None) -> None:
            edit_proposal(
                session,
                actor=scene.operator,
                change_id=change.id,
                row_version=1,
                texts=texts,
                region=region,
                at=NOW,
            )

        with pytest.raises(Invalid) as caught:
            edit({"shoe_size": "42"})
        assert caught.value.details["defects"] == ["shoe_size"]
        with pytest.raises(Invalid, match="框線"):
            edit({}, [0.0, 0.0, 5000.0, 10.0])
        with pytest.raises(NotFound):
            edit_proposal(session, actor=scene.operator, change_id=new_id(), row_version=1, texts={}, at=NOW)


def test_a_removed_change_is_gone_from_the_set(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大", "陳二"]])
        assign_and_start(session, scene, request)
        change = next(one for one in changes(session, request) if one.entry_id)
        gone = change.id
        remove_change(session, actor=scene.operator, change_id=gone, row_version=1, at=NOW)
        assert gone not in {one.id for one in changes(session, request)}
