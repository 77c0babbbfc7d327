"""Name the volume and page in which a scan is held as well, to those who may see that volume."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from access.permissions import Permission
from access.principal import Principal
from domain.roles import Role
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageFinding
from storage.organisations.tables import Office


def name_elsewhere(
    session: Session, findings: Sequence[PageFinding], *, actor: Principal
) -> dict[uuid.UUID, tuple[str, str]]:
    """Return, by finding, what names the page of another volume that an image was compared with.

    The ministry sees every volume, an office its own; a station, which works for one, is told no other's name
    and none of its office's: it has the paper of this volume alone in hand.
    """
    station = actor.station_id is not None or Role.STATION in actor.roles
    if not findings or station or not actor.may(Permission.VOLUME_VIEW):
        return {}
    image, page, other = aliased(PageImage), aliased(Page), aliased(PageImage)
    query = (
        select(PageFinding.id, Office.name, Volume.designation, Page.designation)
        .join(image, image.id == PageFinding.page_image_id)
        .join(page, page.id == image.page_id)
        .join(other, other.id == PageFinding.other_image_id)
        .join(Page, Page.id == other.page_id)
        .join(Volume, Volume.id == Page.volume_id)
        .join(Office, Office.id == Volume.office_id)
        .where(PageFinding.id.in_([one.id for one in findings]), Page.volume_id != page.volume_id)
    )
    if not actor.sees_every_office:
        query = query.where(Volume.office_id == actor.office_id)
    return {
        finding: (
            f"(同一影像:{office} {volume} 第 {leaf} 頁)",
            f" (It is also {office} {volume} page {leaf}.)",
        )
        for finding, office, volume, leaf in session.execute(query)
    }
