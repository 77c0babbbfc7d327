"""The API of volumes, their pages and entries, for those who keep and maintain them; lookups go elsewhere."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.http.problems import NotFound
from access.permissions import Permission
from access.principal import Principal
from index_service.changesets.schemas import Version
from index_service.editions.queries import current_edition, published_image_at, published_versions
from index_service.entries import schemas
from index_service.entries.queries import find_entry, version_history
from index_service.entries.volume_queries import (
    count_published_pages,
    find_volume,
    list_volumes,
    pages_of_volume,
)
from storage.database.session import Database


def make_router(*, guard: Guard, database: Database) -> APIRouter:
    """Return the routes of volumes, pages and entries."""
    router = APIRouter(prefix="/api/v1", tags=["register"])
    _add_volumes(router, guard, database)
    _add_entries(router, guard, database)
    return router


def _add_volumes(router: APIRouter, guard: Guard, database: Database) -> None:
    reader = Annotated[Principal, Depends(guard.requires(Permission.VOLUME_VIEW))]

    @router.get("/volumes")
    def get_volumes(
        actor: reader,
        designation: str = "",
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> schemas.VolumeList:
        """List volumes by designation, an office its own."""
        after = _after(cursor)
        with database.reading() as session:
            rows = list_volumes(session, actor=actor, designation=designation, after=after, limit=limit)
            counts = count_published_pages(session, current_edition(session), [row.id for row in rows])
            return schemas.VolumeList(
                volumes=[
                    schemas.VolumeOut.model_validate(row).model_copy(
                        update={"published_pages": counts.get(row.id, 0)}
                    )
                    for row in rows
                ],
                next=encode_cursor(rows[-1].designation, rows[-1].id) if len(rows) == limit else None,
            )

    @router.get("/volumes/{volume_id}/pages")
    def get_pages(volume_id: uuid.UUID, actor: reader, as_of: int | None = None) -> schemas.PageList:
        """List the pages that stand in a volume, now or as of an edition."""
        with database.reading() as session:
            volume = find_volume(session, volume_id, actor=actor)
            if volume is None:
                raise NotFound("volume_unknown", "查無此簿冊。", "There is no such volume.")
            edition = _edition(session, as_of)
            pages = pages_of_volume(session, edition, volume.id)
            return schemas.PageList(
                edition=edition,
                pages=[
                    schemas.PageOut(id=page.id, designation=page.designation, sequence=sequence)
                    for page, sequence in pages
                ],
            )


def _add_entries(router: APIRouter, guard: Guard, database: Database) -> None:
    reader = Annotated[Principal, Depends(guard.requires(Permission.EDITION_VIEW))]

    @router.get("/pages/{page_id}/entries")
    def get_entries(page_id: uuid.UUID, actor: reader, as_of: int | None = None) -> schemas.EntryList:
        """List the entries of a page of one's own register, now or as of an edition."""
        with database.reading() as session:
            edition = _edition(session, as_of)
            rows = published_versions(
                session, edition, page_id=page_id, office_id=_scope(actor), include_held=True
            )
            image = published_image_at(session, edition, page_id=page_id, include_held=True)
            mine = image is not None and _scope(actor) in {None, image.office_id}
            return schemas.EntryList(
                edition=edition,
                image_id=image.id if image is not None and mine else None,
                entries=[Version.model_validate(row) for row in rows],
            )

    @router.get("/entries/{entry_id}/versions")
    def get_versions(entry_id: uuid.UUID, actor: reader) -> list[Version]:
        """Read every version of an entry of one's own register, oldest first."""
        with database.reading() as session:
            entry = find_entry(session, entry_id, office_id=_scope(actor))
            if entry is None:
                raise NotFound("entry_unknown", "查無此索引。", "There is no such entry.")
            return [Version.model_validate(row) for row in version_history(session, entry.id)]


def _after(cursor: str | None) -> tuple[str, uuid.UUID] | None:
    if cursor is None:
        return None
    designation, last = decode_cursor(cursor, str, uuid.UUID)
    return designation, last


def _scope(actor: Principal) -> uuid.UUID | None:
    return None if actor.sees_every_office else actor.office_id


def _edition(session: Session, as_of: int | None) -> int:
    newest = current_edition(session)
    return newest if as_of is None else min(as_of, newest)
