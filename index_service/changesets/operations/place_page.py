"""Place or withdraw a page by hand."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Invalid, NotFound
from access.principal import Principal
from index_service.changesets.operations.stage_page_placed import stage_page_placed
from index_service.changesets.operations.stage_page_withdrawn import stage_page_withdrawn
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page, Volume


def place_page(
    session: Session,
    *,
    change_set: ChangeSet,
    page_id: uuid.UUID,
    volume_id: uuid.UUID | None,
    sequence: int | None,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage a page at a volume's place, or out of its volume where none is named.

    Raises:
        NotFound: there is no such page or volume.
        Invalid: a volume without a sequence, or the other way round.
        Conflict: the change set is not open, or the page stands nowhere.
    """
    page = session.get(Page, page_id)
    if page is None or (volume_id is not None and session.get(Volume, volume_id) is None):
        raise NotFound("page_unknown", "查無此簿頁或簿冊。", "There is no such page or volume.")
    if volume_id is not None and sequence is not None:
        return stage_page_placed(
            session,
            change_set=change_set,
            page=page,
            volume_id=volume_id,
            sequence=sequence,
            item_id=item_id,
            actor=actor,
            at=at,
        )
    if volume_id is not None or sequence is not None:
        raise Invalid(
            "place_incomplete",
            "須同時指明簿冊與頁次；兩者皆空則表示撤下此頁。",
            "Name both the volume and the sequence, or neither to withdraw the page.",
        )
    return stage_page_withdrawn(
        session, change_set=change_set, page=page, item_id=item_id, actor=actor, at=at
    )
