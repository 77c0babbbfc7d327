"""Walking requests through their steps, as people would."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from access.http.problems import Problem
from access.principal import Principal
from domain.workflow import Kind
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.queries import current_edition, published_image_at, published_versions
from index_service.editions.tables import Edition
from index_service.entries.field_values import has_boxes
from index_service.entries.tables import EntryVersion
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.accept_request import accept_request
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.operations.start_request import start_request
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.pages_required import pages_required
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage
from tests.index_service.scene import NOW, SERIES, Scene, add_batch, add_image, add_page, proposal, set_scene


@dataclass
class Loaded:
    """A volume that was loaded and published: its pages, images, and entries by name."""

    request: Request
    edition: Edition
    pages: list[Page]
    images: list[PageImage]

    def entry(self, session: Session, name: str) -> EntryVersion:
        """The published version of the entry of that name."""
        return named(session, name)


def named(session: Session, name: str, edition: int | None = None) -> EntryVersion:
    """The version published (now, or as of an edition) whose name is this."""
    number = current_edition(session) if edition is None else edition
    return next(v for v in published_versions(session, number) if v.fields["name"]["text"] == name)


def names_at(session: Session, edition: int) -> set[str]:
    """The names published as of an edition."""
    return {v.fields["name"]["text"] for v in published_versions(session, edition)}


def change_set(session: Session, request: Request) -> ChangeSet:
    """The request's change set."""
    found = change_set_of(session, request.id)
    assert found is not None
    return found


def changes(session: Session, request: Request) -> Sequence[Change]:
    """The request's changes."""
    return changes_of(session, change_set(session, request).id)


def begin_load(session: Session, scene: Scene, names: Sequence[Sequence[str]]) -> Request:
    """A first load of one page for each list of names, opened."""
    first = 1 + len(session.query(Page).all())
    pages = [add_page(session, scene, first + index) for index in range(len(names))]
    images = [add_image(session, page, "first") for page in pages]
    batch = add_batch(
        session,
        scene,
        [
            (image, [proposal(index, name) for index, name in enumerate(page_names)])
            for image, page_names in zip(images, names, strict=True)
        ],
    )
    return open_first_load(session, batch_id=batch.id, at=NOW)


def assign_and_start(session: Session, scene: Scene, request: Request) -> None:
    """The ministry names the operator, who begins."""
    operator = scene.operator
    assert operator.account_id is not None
    reassign_request(
        session, actor=scene.ministry, request_id=request.id, operator_id=operator.account_id, at=NOW
    )
    start_request(session, actor=operator, request_id=request.id, at=NOW)


def open_pages(session: Session, request: Request, actor: Principal) -> None:
    """The person is served every part of every required page."""
    for page in pages_required(session, request, office_id=actor.office_id):
        for part in page.parts:
            record_opening(
                session, actor=actor, request_id=request.id, page_id=page.page_id, part=part, at=NOW
            )


def deliver_and_confirm(session: Session, scene: Scene, request: Request) -> None:
    """The operator delivers; the office's supervisor opens the pages and confirms."""
    deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
    open_pages(session, request, scene.supervisor)
    confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)


def publish(session: Session, scene: Scene, request: Request) -> Edition:
    """The publisher publishes."""
    return publish_request(session, actor=scene.publisher, request_id=request.id, at=NOW)


def load(session: Session, scene: Scene, names: Sequence[Sequence[str]]) -> Edition:
    """A first load walked to its edition."""
    request = begin_load(session, scene, names)
    assign_and_start(session, scene, request)
    deliver_and_confirm(session, scene, request)
    return publish(session, scene, request)


def published(session: Session, *pages: str) -> Edition:
    """The scene with its volume published: for each page the names that stand on it, parted by spaces."""
    return load(session, set_scene(session), [names.split() for names in pages])


def correction_form(version: EntryVersion, should_stand: str) -> RequestForm:
    """A complete form that asks to correct the name of a published entry."""
    item = ItemForm(
        fault_code="wrong_name",
        page_id=version.page_id,
        entry_id=version.entry_id,
        field_key="name",
        stands_now=version.fields["name"]["text"],
        should_stand=should_stand,
    )
    return RequestForm(
        kind=Kind.INDEX_CORRECTION,
        series_key=SERIES,
        contact="王小姐 02-2960-0000",
        grounds="與原簿不符",
        items=(item,),
    )


def begin_request(session: Session, scene: Scene, form: RequestForm) -> Request:
    """A request drafted by the clerk, submitted by the supervisor, accepted and started."""
    request = draft_request(session, actor=scene.clerk, form=form, at=NOW)
    submit_request(
        session, actor=scene.supervisor, request_id=request.id, letter_number="北板戶字第1號", at=NOW
    )
    operator_id = scene.operator.account_id
    assert operator_id is not None
    accept_request(session, actor=scene.ministry, request_id=request.id, operator_id=operator_id, at=NOW)
    start_request(session, actor=scene.operator, request_id=request.id, at=NOW)
    return request


def begin_correction(session: Session, scene: Scene, old: str, new: str) -> Request:
    """A started correction of one entry's name, staged."""
    version = named(session, old)
    request = begin_request(session, scene, correction_form(version, new))
    stage_texts(session, scene, request, version.entry_id, {"name": new})
    return request


def stage_texts(
    session: Session, scene: Scene, request: Request, entry_id: uuid.UUID, texts: Mapping[str, str]
) -> Change:
    """Stage texts of a published entry for the request's first item."""
    return stage_entry_updated(
        session,
        change_set=change_set(session, request),
        entry_id=entry_id,
        texts=texts,
        actor=scene.operator,
        item_id=items_of(session, request.id)[0].id,
        at=NOW,
    )


def correct(session: Session, scene: Scene, old: str, new: str) -> Edition:
    """A correction walked to its edition."""
    request = begin_correction(session, scene, old, new)
    deliver_and_confirm(session, scene, request)
    return publish(session, scene, request)


def assert_regions_on_their_images(session: Session) -> None:
    """In every edition, an entry that names an image stands beside that very image."""
    for edition in range(current_edition(session) + 1):
        for version in published_versions(session, edition, include_held=True):
            if version.image_id is None:
                assert version.region is None
                assert not has_boxes(version.fields)
                continue
            view = session.get_one(PageImage, version.image_id).view
            image = published_image_at(
                session, edition, page_id=version.page_id, view=view, include_held=True
            )
            assert image is not None
            assert image.id == version.image_id, f"edition {edition} pairs a region with another image"


def rebuild_form(page_id: uuid.UUID) -> RequestForm:
    """A complete form that asks to scan a page again."""
    return RequestForm(
        kind=Kind.IMAGE_REBUILD,
        series_key=SERIES,
        contact="王小姐",
        grounds="影像模糊",
        items=(ItemForm(fault_code="blurred", page_id=page_id),),
    )


def refusal(caught: pytest.ExceptionInfo[Problem]) -> set[str]:
    """The codes of a refused step."""
    return {reason["code"] for reason in caught.value.details["reasons"]}
