"""Lay a new reading over the proposals of a first load that nobody has reviewed yet."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import SYSTEM
from index_service.changesets.operations.compare_reading import giving_way
from index_service.changesets.operations.edit_proposal import restage_version
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.operations.stage_entry_reread import laid_over
from index_service.requests.operations.compare_images import ImageFinding, known_fields
from index_service.requests.operations.propose_newly_read import propose_newly_read
from storage.catalogue.tables import Volume


def restage_unreviewed(session: Session, *, volume: Volume, found: ImageFinding, at: datetime) -> uuid.UUID:
    """Restage what a comparison under lock found on an unpublished image; the first load goes on as it would.

    Each value gives way in a further version of the entry proposed, persons newly read are proposed beside,
    and what is read no more stays: the operator who reviews the page strikes it out. Returns the request
    of the first load.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series, or boxes that lie outside the image.
    """
    assert found.first_load is not None, "only what is unpublished is restaged"
    require_open(found.first_load.change_set)
    fields = known_fields(volume)
    for version, proposal in found.comparison.pairs:
        if fresh := giving_way(version, proposal, fields):
            change = found.first_load.change_of(version.entry_id)
            restage_version(session, change, laid_over(version.fields, fresh), actor=SYSTEM, at=at)
    change_set, item_id = found.first_load.change_set, found.first_load.item_id
    propose_newly_read(session, change_set=change_set, volume=volume, found=found, item_id=item_id, at=at)
    return found.first_load.change_set.request_id
