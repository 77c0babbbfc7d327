"""Which readings of a published image may be proposed as new entries; writes nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from index_service.changesets.operations.find_entries_elsewhere import has_entries_elsewhere
from index_service.changesets.operations.pair_reading import pair_reading
from index_service.changesets.operations.proposals import Proposal
from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedEntry
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import PageImage


@dataclass(frozen=True, slots=True)
class NewReadings:
    """The readings that may be proposed, and how many are in another request's hands already."""

    proposed: tuple[Proposal, ...]
    under_way: int


def find_new_readings(session: Session, image: PageImage, unpaired: Sequence[Proposal]) -> NewReadings:
    """Sort the readings that belong to none of the entries that stand drawn on a published image.

    Not proposed is what a person decided on before (an entry retired, a proposal struck out), and anything
    on a page that has entries on another view or on no image: whose line that is, only a person can tell.
    """
    if not unpaired or has_entries_elsewhere(session, image):
        return NewReadings((), 0)
    others = _not_standing(session, image.id)
    taken = {at: others[index].entry_id for index, at in pair_reading(others, unpaired)}
    states = {at: _states(session, entry) for at, entry in taken.items()}
    busy = {at for at, found in states.items() if "open" in found}
    # What a request proposed that was cancelled nobody has judged: it may be proposed again.
    judged = {at for at, found in states.items() if found != {"closed"}}
    return NewReadings(tuple(one for at, one in enumerate(unpaired) if at not in busy | judged), len(busy))


def _not_standing(session: Session, image_id: uuid.UUID) -> list[EntryVersion]:
    """Return the last version drawn on an image of each entry that stands published nowhere."""
    stands = exists().where(PublishedEntry.entry_id == EntryVersion.entry_id, stands_now(PublishedEntry))
    query = (
        select(EntryVersion)
        .where(EntryVersion.image_id == image_id, ~stands)
        .order_by(EntryVersion.entry_id, EntryVersion.number)
    )
    return list({version.entry_id: version for version in session.scalars(query)}.values())


def _states(session: Session, entry_id: uuid.UUID) -> set[str]:
    """Return the states of the change sets that an entry is staged in."""
    query = select(ChangeSet.state).join(Change, Change.change_set_id == ChangeSet.id)
    return set(session.scalars(query.where(Change.entry_id == entry_id).distinct()))
