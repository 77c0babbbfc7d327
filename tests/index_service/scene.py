"""A small archive to act on: offices, people, a volume with pages and images, and scanned batches."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account, AccountRole
from access.principal import Principal
from domain.roles import Role
from storage.catalogue.tables import Page, PageImage, Volume
from storage.database.identity import new_id
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, RecognitionResult
from storage.objects.keys import content_key
from storage.organisations.tables import Agency, Office, Station

# A Monday, 10:00 in Taiwan.
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SERIES = "colonial_register"
_OFFICE, _OTHER_OFFICE = "65000010", "65000020"
WIDTH, HEIGHT = 1000, 800


def after(**span: float) -> datetime:
    """The moment so long after the scene begins."""
    return NOW + timedelta(**span)


@dataclass
class Scene:
    """The rows and people of one test."""

    office: Office
    other_office: Office
    agency: Agency
    station: Station
    volume: Volume
    people: dict[str, Principal] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Principal:
        people = self.__dict__.get("people", {})
        if name not in people:
            raise AttributeError(name)
        found: Principal = people[name]
        return found


_PEOPLE: Sequence[tuple[str, Role, str]] = (
    ("clerk", Role.OFFICE_CLERK, "office"),
    ("supervisor", Role.OFFICE_SUPERVISOR, "office"),
    ("other_clerk", Role.OFFICE_CLERK, "other"),
    ("other_supervisor", Role.OFFICE_SUPERVISOR, "other"),
    ("ministry", Role.MINISTRY_CLERK, ""),
    ("operator", Role.OPERATOR, ""),
    ("other_operator", Role.OPERATOR, ""),
    ("publisher", Role.PUBLISHER, ""),
    ("agent", Role.AGENCY_USER, "agency"),
)


def set_scene(session: Session) -> Scene:
    """Write the organisations, people and an empty volume."""
    office = Office(code=_OFFICE, name="板橋戶政事務所")
    other = Office(code=_OTHER_OFFICE, name="三重戶政事務所")
    agency = Agency(code="A1", name="地政事務所")
    session.add_all([office, other, agency])
    session.flush()
    station = Station(office_id=office.id, code="S1", name="板橋掃描站", enrolled_at=NOW)
    volume = Volume(office_id=office.id, series_key=SERIES, designation="板橋-0001", created_at=NOW)
    session.add_all([station, volume])
    session.flush()
    scene = Scene(office, other, agency, station, volume)
    for name, role, where in _PEOPLE:
        scene.people[name] = _person(session, scene, name, role, where)
    return scene


def find_scene(session: Session) -> Scene:
    """The scene that was set in this database before."""
    offices = {office.code: office for office in session.scalars(select(Office))}
    scene = Scene(
        offices[_OFFICE],
        offices[_OTHER_OFFICE],
        session.scalars(select(Agency)).one(),
        session.scalars(select(Station)).one(),
        session.scalars(select(Volume)).one(),
    )
    accounts = {account.username: account for account in session.scalars(select(Account))}
    for name, role, _ in _PEOPLE:
        scene.people[name] = _principal(accounts[name], role)
    return scene


def _person(session: Session, scene: Scene, name: str, role: Role, where: str) -> Principal:
    account = Account(
        username=name,
        display_name=name,
        password_hash="-",
        office_id={"office": scene.office.id, "other": scene.other_office.id}.get(where),
        agency_id=scene.agency.id if where == "agency" else None,
        created_at=NOW,
    )
    session.add(account)
    session.flush()
    session.add(AccountRole(account_id=account.id, role=role.value))
    session.flush()
    return _principal(account, role)


def _principal(account: Account, role: Role) -> Principal:
    return Principal(
        kind="account",
        name=account.username,
        roles=frozenset({role}),
        account_id=account.id,
        office_id=account.office_id,
        agency_id=account.agency_id,
    )


def add_page(session: Session, scene: Scene, sequence: int, *, office: Office | None = None) -> Page:
    """A page of the scene's volume, kept by its office unless another is named."""
    page = Page(
        volume_id=scene.volume.id,
        office_id=(office or scene.office).id,
        designation=f"{sequence:04d}",
        sequence=sequence,
        created_at=NOW,
    )
    session.add(page)
    session.flush()
    return page


def add_image(session: Session, page: Page, mark: str, *, view: int = 1, flagged: bool = False) -> PageImage:
    """An image of a page's view; `mark` makes its bytes differ from others'."""
    digest = hashlib.sha256(f"{page.id}/{mark}".encode()).hexdigest()
    image = PageImage(
        page_id=page.id,
        office_id=page.office_id,
        view=view,
        master_key=f"sha256/{digest}",
        master_sha256=digest,
        media_type="image/tiff",
        width=WIDTH,
        height=HEIGHT,
        ppi=300.0,
        derivative_key=f"sha256/{digest}d",
        derivative_width=WIDTH,
        derivative_height=HEIGHT,
        derivative_layout={},
        thumbnail_key=f"sha256/{digest}t",
        transform={},
        quality=[],
        flagged=flagged,
        created_at=NOW,
    )
    session.add(image)
    session.flush()
    return image


def value(text: str, confidence: float = 0.99, box: list[float] | None = None) -> dict[str, Any]:
    """A field as recognition proposes it."""
    return {"text": text, "confidence": confidence, "box": box, "alternatives": []}


def proposal(ordinal: int, name: str, *, confidence: float = 0.99, shift: float = 0.0) -> dict[str, Any]:
    """A proposed entry of one person, in its own column of the page."""
    left = 10.0 + 100 * ordinal + shift
    box = [left, 10.0, left + 80, 300.0]
    return {
        "ordinal": ordinal,
        "box": box,
        "least_confidence": confidence,
        "fields": {
            "name": value(name, confidence, [left, 10.0, left + 80, 100.0]),
            "father": value("陳父", 0.99, [left, 110.0, left + 80, 200.0]),
        },
    }


def add_batch(
    session: Session,
    scene: Scene,
    pages: Sequence[tuple[PageImage, list[dict[str, Any]]]],
    *,
    request_id: uuid.UUID | None = None,
) -> Batch:
    """A processed batch of these images with what recognition proposes on each."""
    batch = Batch(
        station_id=scene.station.id,
        office_id=scene.office.id,
        volume_id=scene.volume.id,
        idempotency_key=str(new_id()),
        manifest_sha256="0" * 64,
        purpose="rescan" if request_id else "first_load",
        request_id=request_id,
        state="processed",
        declared_at=NOW,
    )
    session.add(batch)
    session.flush()
    for ordinal, (image, proposals) in enumerate(pages):
        add_batch_page(session, batch, ordinal, image, proposals)
    return batch


def add_batch_page(
    session: Session, batch: Batch, ordinal: int, image: PageImage, proposals: list[dict[str, Any]]
) -> None:
    """One processed page of a batch."""
    file = BatchFile(
        batch_id=batch.id,
        office_id=batch.office_id,
        ordinal=ordinal,
        name=f"{ordinal:04d}.tif",
        sha256=image.master_sha256,
        size=1,
        state="stored",
        object_key=image.master_key,
    )
    session.add(file)
    session.flush()
    page = BatchPage(
        batch_id=batch.id,
        office_id=batch.office_id,
        file_id=file.id,
        frame=0,
        page_id=image.page_id,
        view=image.view,
        state="done",
        page_image_id=image.id,
    )
    session.add(page)
    session.flush()
    run = ProcessingRun(
        batch_page_id=page.id, office_id=batch.office_id, state="done", created_at=NOW, finished_at=NOW
    )
    session.add(run)
    session.flush()
    session.add(
        RecognitionResult(
            run_id=run.id,
            page_image_id=image.id,
            office_id=batch.office_id,
            engine="test",
            series_key=SERIES,
            lines=[],
            proposals=proposals,
            alto_key=content_key("0" * 64),
            created_at=NOW,
        )
    )
    session.flush()
