"""A look is on record before anything is read; what it shows is on record before it is shown."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

import index_service.lookups.operations.look_up as module
from access.audit.tables import AuditEvent
from access.http.problems import Forbidden, Invalid, NotFound
from access.principal import SYSTEM
from index_service.agencies.operations.end_agreement import end_agreement
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.propose_hold import propose_hold
from index_service.lookups.operations.close_case import close_case
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.tables import CaseFolder, Disclosure, Lookup
from storage.database.session import Database
from tests.index_service.lookups.agreed import PURPOSE, agree, ask, names, open_agency_case
from tests.index_service.scene import NOW, Scene, find_scene
from tests.index_service.walk import begin_correction, deliver_and_confirm, named, publish, published
from tests.services.kept import Holding


@pytest.fixture
def database(holding: Holding) -> Database:
    """Two published entries."""
    return holding(published, "陳大 陳二")


def prepared(database: Database, **granted: object) -> tuple[Scene, uuid.UUID]:
    """An agency with an agreement, and its open case."""
    with database.writing() as session:
        scene = find_scene(session)
        agree(session, scene, **granted)  # type: ignore[arg-type] # passed on as given
        return scene, open_agency_case(session, scene).id


def test_a_look_answers_with_its_edition_and_leaves_its_whole_record(database: Database) -> None:
    scene, case = prepared(database)
    answer = ask(database, scene.agent, case, name="陳大")
    assert names(answer) == ["陳大"]
    assert answer.edition == 1
    with database.reading() as session:
        lookup = session.scalars(select(Lookup)).one()
        assert (lookup.outcome, lookup.receipt, lookup.edition) == ("answered", answer.receipt, 1)
        assert lookup.query == {"name": "陳大"}
        shown = session.scalars(select(Disclosure)).one()
        assert (shown.lookup_id, shown.version_id) == (lookup.id, answer.hits[0].version_id)
        assert shown.shown == ["name"]
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_id == str(lookup.id)).order_by(AuditEvent.id)
        )
        assert list(actions) == ["lookup.asked", "lookup.disclosed"]


def test_the_look_is_committed_before_a_byte_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, case = prepared(database)
    seen: list[int] = []
    really_find = module.find_versions

    def finding(*args: object, **named_arguments: object) -> object:
        with database.reading() as other:
            seen.append(other.scalar(select(func.count()).where(Lookup.outcome == "asked")) or 0)
            assert other.scalar(select(func.count(Disclosure.id))) == 0
        return really_find(*args, **named_arguments)  # type: ignore[arg-type] # passed on as given

    monkeypatch.setattr(module, "find_versions", finding)
    ask(database, scene.agent, case, name="陳大")
    assert seen == [1]


def test_what_cannot_be_put_on_record_is_not_shown(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, case = prepared(database)

    def refuse(*_args: object, **_named: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(module, "record_disclosure", refuse)
    with pytest.raises(OSError, match="disk"):
        ask(database, scene.agent, case, name="陳大")
    with database.reading() as session:
        assert session.scalars(select(Lookup.outcome)).all() == ["asked"]


def test_a_look_that_fails_says_so_on_its_record(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, case = prepared(database)

    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("the index is away")

    monkeypatch.setattr(module, "find_versions", fail)
    with pytest.raises(RuntimeError):
        ask(database, scene.agent, case, name="陳大")
    with database.reading() as session:
        assert session.scalars(select(Lookup.outcome)).all() == ["failed"]


def test_an_unpublished_value_is_shown_by_no_look(database: Database) -> None:
    scene, case = prepared(database)
    with database.writing() as session:
        request = begin_correction(session, scene, "陳大", "陳太")
    assert names(ask(database, scene.agent, case, name="陳太")) == []
    assert names(ask(database, scene.agent, case, name="陳大")) == ["陳大"]
    with database.writing() as session:
        deliver_and_confirm(session, scene, request)
    assert names(ask(database, scene.agent, case, name="陳太")) == []
    with database.writing() as session:
        publish(session, scene, request)
    after = ask(database, scene.agent, case, name="陳太")
    assert (names(after), after.edition) == (["陳太"], 2)
    assert names(ask(database, scene.agent, case, name="陳大")) == []
    former = ask(database, scene.agent, case, as_of=1, name="陳大")
    assert (names(former), former.edition) == (["陳大"], 1)
    assert names(ask(database, scene.agent, case, as_of=1, name="陳太")) == []


def test_a_held_entry_is_shown_in_no_edition(database: Database) -> None:
    scene, case = prepared(database)
    with database.writing() as session:
        hold = propose_hold(
            session,
            actor=scene.supervisor,
            entry_id=named(session, "陳大").entry_id,
            reason="當事人爭議",
            review_by=NOW + timedelta(days=30),
            at=NOW,
        )
        hold_id = hold.id
    assert names(ask(database, scene.agent, case, name="陳大")) == ["陳大"]
    with database.writing() as session:
        approve_hold(session, actor=scene.ministry, hold_id=hold_id, at=NOW)
    assert names(ask(database, scene.agent, case, name="陳*")) == ["陳二"]
    assert names(ask(database, scene.agent, case, as_of=1, name="陳大")) == []


def test_only_granted_fields_are_shown_and_asked(database: Database) -> None:
    scene, case = prepared(database, fields=["name"])
    answer = ask(database, scene.agent, case, name="陳大")
    assert set(answer.hits[0].fields) == {"name"}
    assert names(ask(database, scene.agent, case, name="陳父")) == []
    with database.writing() as session:
        agree(session, scene, fields=["name", "father"])
        wider = open_case(session, actor=scene.agent, purpose=PURPOSE, case_number="2", at=NOW)
        wider.agreement_id = session.scalars(
            select(CaseFolder.agreement_id).where(CaseFolder.id == wider.id)
        ).one()
    both = ask(database, scene.agent, case, name="陳大")
    assert set(both.hits[0].fields) == {"name"}


def test_a_father_is_found_where_the_field_is_granted(database: Database) -> None:
    scene, case = prepared(database, fields=["name", "father"])
    found = ask(database, scene.agent, case, name="陳父")
    assert sorted(names(found)) == ["陳二", "陳大"]
    assert set(found.hits[0].fields) == {"name", "father"}


def test_an_agreement_for_other_offices_shows_nothing_of_this_one(database: Database) -> None:
    scene, case = prepared(database, office_codes=["65000020"])
    assert names(ask(database, scene.agent, case, name="陳大")) == []


def test_an_ended_agreement_refuses_and_the_refusal_is_on_record(database: Database) -> None:
    scene, case = prepared(database)
    with database.writing() as session:
        folder = session.get_one(CaseFolder, case)
        from index_service.agencies.tables import Agreement

        agreement = session.get_one(Agreement, folder.agreement_id)
        end_agreement(session, actor=SYSTEM, agreement=agreement, at=NOW)
    with pytest.raises(Forbidden) as refused:
        ask(database, scene.agent, case, name="陳大")
    assert refused.value.code == "agreement_over"
    with database.reading() as session:
        assert session.scalars(select(Lookup.outcome)).all() == ["refused"]
        assert session.scalar(select(func.count()).where(AuditEvent.action == "lookup.refused")) == 1


def test_no_case_of_ones_own_no_look(database: Database) -> None:
    scene, case = prepared(database)
    with pytest.raises(NotFound):
        ask(database, scene.clerk, case, name="陳大")
    with pytest.raises(NotFound):
        ask(database, scene.agent, uuid.uuid4(), name="陳大")
    with database.writing() as session:
        close_case(session, actor=scene.agent, folder=session.get_one(CaseFolder, case), at=NOW)
    with pytest.raises(Forbidden) as refused:
        ask(database, scene.agent, case, name="陳大")
    assert refused.value.code == "case_closed"


def test_an_office_looks_across_jurisdictions_with_its_own_case(database: Database) -> None:
    scene, _ = prepared(database)
    with database.writing() as session:
        case = open_case(
            session,
            actor=scene.other_clerk,
            purpose="核發謄本",
            case_number="1",
            legal_basis="戶籍法第六十五條",
            at=NOW,
        ).id
    answer = ask(database, scene.other_clerk, case, name="陳大")
    assert set(answer.hits[0].fields) == {"name", "father"}


@pytest.mark.parametrize(
    ("question", "field"),
    [({}, "name"), ({"name": "??"}, "name"), ({"date": "某日"}, "date"), ({"page": "3"}, "page")],
)
def test_a_question_that_names_nobody_is_refused_with_what_is_wrong(
    database: Database, question: dict[str, str], field: str
) -> None:
    scene, case = prepared(database)
    with pytest.raises(Invalid) as refused:
        ask(database, scene.agent, case, **question)  # type: ignore[arg-type] # texts by name
    assert [defect["field"] for defect in refused.value.details["defects"]] == [field]


def test_an_edition_that_is_not_yet_is_refused(database: Database) -> None:
    scene, case = prepared(database)
    with pytest.raises(Invalid, match="edition 2"):
        ask(database, scene.agent, case, as_of=2, name="陳大")


@pytest.mark.parametrize(
    "missing", [{"purpose": ""}, {"purpose": "好奇"}, {"case_number": " "}], ids=["none", "other", "number"]
)
def test_a_case_needs_an_agreed_purpose_and_a_number(database: Database, missing: dict[str, str]) -> None:
    with database.writing() as session:
        scene = find_scene(session)
        agree(session, scene)
        given = {"purpose": PURPOSE, "case_number": "1", **missing}
        with pytest.raises(Invalid):
            open_case(session, actor=scene.agent, at=NOW, **given)


def test_an_agency_without_agreement_opens_no_case(database: Database) -> None:
    with database.writing() as session:
        scene = find_scene(session)
        with pytest.raises(Forbidden):
            open_agency_case(session, scene)
