"""Those who were shown what an edition changes are told, once each, and nobody else."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.editions.tables import Edition
from index_service.entries.tables import EntryVersion
from index_service.lookups.tables import CaseFolder, Disclosure, Lookup
from index_service.notices.operations.read_notice import read_notice
from index_service.notices.operations.tell_those_shown import tell_those_shown
from index_service.notices.queries import count_unread, list_notices
from index_service.notices.tables import Notice
from storage.database.identity import new_id
from tests.index_service.scene import NOW, find_scene
from tests.index_service.walk import correct, named, published
from tests.services.kept import Holding


def show(
    session: Session,
    actor: Principal,
    version: EntryVersion,
    fields: list[str],
    *,
    image_id: uuid.UUID | None = None,
) -> None:
    """Record that a version, or an image, was shown to the actor's organisation."""
    case = CaseFolder(
        agency_id=actor.agency_id,
        office_id=actor.office_id,
        purpose="繼承",
        case_number="1",
        legal_basis="民法",
        opened_by=actor.account_id,
        opened_at=NOW,
    )
    session.add(case)
    session.flush()
    lookup = Lookup(
        case_folder_id=case.id,
        account_id=actor.account_id,
        agency_id=actor.agency_id,
        office_id=actor.office_id,
        kind="search",
        query={},
        edition=1,
        receipt=str(new_id()),
        asked_at=NOW,
    )
    session.add(lookup)
    session.flush()
    session.add(
        Disclosure(
            lookup_id=lookup.id,
            office_id=version.office_id,
            entry_id=version.entry_id,
            version_id=None if image_id else version.id,
            image_id=image_id,
            shown=fields,
            shown_at=NOW,
        )
    )
    session.flush()


def told(session: Session) -> list[Notice]:
    """The notices that tell of changes after showing."""
    return list(session.scalars(select(Notice).where(Notice.kind == "shown_since_changed")))


def test_an_agency_shown_the_former_value_is_told_once(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        for _ in range(2):
            show(session, scene.agent, named(session, "陳大"), ["name"])
        show(session, scene.other_clerk, named(session, "陳大"), ["name", "father"])
        show(session, scene.clerk, named(session, "陳大"), ["father"])
        show(session, scene.agent, named(session, "陳二"), ["name"])
        former = named(session, "陳大").id
        edition = correct(session, scene, "陳大", "陳太")
        notices = told(session)
        assert {(one.agency_id, one.office_id) for one in notices} == {
            (scene.agency.id, None),
            (None, scene.other_office.id),
        }
        assert {one.details["version"] for one in notices} == {str(former)}
        assert {tuple(one.details["fields"]) for one in notices} == {("name",)}
        assert "陳" not in str([one.details for one in notices])
        assert tell_those_shown(session, edition=edition, at=NOW) == 0
        assert len(told(session)) == 2


def test_those_shown_a_replaced_picture_are_told(holding: Holding) -> None:
    from storage.catalogue.tables import Page
    from tests.index_service.changesets.test_replaced_images import rescan
    from tests.index_service.walk import deliver_and_confirm, publish

    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        show(session, scene.agent, version, ["name"], image_id=version.image_id)
        show(session, scene.other_clerk, version, ["name"])
        request = rescan(session, scene, session.get_one(Page, version.page_id), ["陳大"])
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert [(one.agency_id, one.details["image"]) for one in told(session)] == [
            (scene.agency.id, str(version.image_id))
        ]


def test_an_organisation_reads_its_own_notices(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        show(session, scene.agent, named(session, "陳大"), ["name"])
        correct(session, scene, "陳大", "陳太")
        mine = list_notices(session, actor=scene.agent)
        assert [one.kind for one in mine] == ["shown_since_changed"]
        assert count_unread(session, actor=scene.agent) == 1
        read_notice(session, actor=scene.agent, notice_id=mine[0].id, at=NOW)
        assert mine[0].read_by == scene.agent.account_id
        assert count_unread(session, actor=scene.agent) == 0
        assert list_notices(session, actor=scene.agent, unread=True) == []
        offices = {one.office_id for one in list_notices(session, actor=scene.clerk)}
        assert offices == {scene.office.id}
        assert session.scalars(select(Edition.number)).all() == [1, 2]
