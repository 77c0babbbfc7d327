"""Which page images a person may see, and whether one is what a delivery would publish."""

import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.queries import standing_image_id
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.queries import find_request
from storage.catalogue.tables import PageImage
from storage.intake.tables import RecognitionResult


def visible_image(
    session: Session, image_id: uuid.UUID, *, actor: Principal, request_id: uuid.UUID | None = None
) -> PageImage:
    """Return an image of the actor's office, or one that a request in the actor's sight is about.

    Raises:
        NotFound: there is none.
    """
    image = session.get(PageImage, image_id)
    if image is not None and (actor.sees_every_office or image.office_id == actor.office_id):
        return image
    if image is not None and request_id is not None and _concerns(session, request_id, image, actor):
        return image
    raise NotFound("image_unknown", "查無此影像。", "There is no such image.")


def latest_text(session: Session, image_id: uuid.UUID) -> str:
    """Return the content key of an image's text in ALTO, as it was last read.

    Raises:
        NotFound: nothing has been read on it: a page loaded from a file.
    """
    read = select(RecognitionResult.alto_key).filter_by(page_image_id=image_id)
    key = session.scalars(read.order_by(RecognitionResult.id.desc())).first()
    if key is None:
        raise NotFound("text_unknown", "此影像未經辨識。", "This image has not been read.")
    return key


def would_stand(session: Session, request_id: uuid.UUID, image: PageImage) -> bool:
    """Tell whether this is the page's *after* image in a request: staged, or standing and untouched by it."""
    staged = session.scalars(
        select(Change)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(
            ChangeSet.request_id == request_id,
            Change.page_id == image.page_id,
            Change.view == image.view,
            Change.action.like("image%"),
        )
    ).first()
    if staged is not None:
        return staged.new_image_id == image.id
    return standing_image_id(session, image.page_id, image.view) == image.id


def _concerns(session: Session, request_id: uuid.UUID, image: PageImage, actor: Principal) -> bool:
    if find_request(session, request_id, actor=actor) is None:
        return False
    touched = (
        select(Change.id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(
            ChangeSet.request_id == request_id,
            or_(
                Change.page_id == image.page_id,
                Change.new_image_id == image.id,
                Change.base_image_id == image.id,
            ),
        )
    )
    return session.scalar(touched.limit(1)) is not None
