"""Find the pages that a load names, and add those its volume does not know yet."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from index_service.requests.load_places import places_for
from storage.catalogue.tables import Page, Volume
from storage.database.identity import new_id


def prepare_pages(
    session: Session, *, volume: Volume, designations: Iterable[str], at: datetime
) -> dict[str, Page]:
    """Return a page of the volume for every designation; new ones get free places in register order."""
    wanted = list(dict.fromkeys(designations))
    known = _pages(session, volume)
    places = places_for((name for name in wanted if name not in known), {p.sequence for p in known.values()})
    rows = [
        {
            "id": new_id(),
            "volume_id": volume.id,
            "office_id": volume.office_id,
            "designation": name,
            "sequence": place,
            "created_at": at,
        }
        for name, place in places.items()
    ]
    if rows:
        session.execute(insert(Page), rows)
        known = _pages(session, volume)
    return {name: known[name] for name in wanted}


def _pages(session: Session, volume: Volume) -> dict[str, Page]:
    query = select(Page).where(Page.volume_id == volume.id)
    return {page.designation: page for page in session.scalars(query)}
