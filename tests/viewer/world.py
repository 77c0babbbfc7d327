"""A house with people in it, whose pages a test can open."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.accounts.passwords import hash_password
from access.accounts.tables import Account, AccountRole
from access.http.guard import COOKIE
from access.principal import SYSTEM, Principal
from access.sessions.tables import SignInSession
from access.sessions.tokens import hash_token, new_token
from domain.roles import Role
from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import House, build_house
from index_service.agencies.operations.approve_agreement import approve_agreement
from index_service.requests.operations.open_first_load import open_first_load
from storage.database.identity import new_id
from storage.intake.tables import Batch, RecognitionResult
from tests.index_service.scene import NOW, SERIES, Scene, add_batch, add_page, set_scene
from tests.viewer.scans import Scan, store_scan

PASSWORD = "朱紅印泥-vermilion"
PURPOSE = "遺產稅查核"
AT = NOW + timedelta(minutes=5)
PAGE = {"accept": "text/html"}


@dataclass
class World:
    """The house, its application, its scene, and the tokens people are signed in with."""

    house: House
    app: FastAPI
    scene: Scene
    tokens: dict[str, str]

    def browser(self, name: str | None) -> TestClient:
        """A browser in which the person is signed in; forms go out as ours do."""
        base = "http://huji.test"
        client = TestClient(self.app, base_url=base, headers={"origin": base, **PAGE}, follow_redirects=True)
        if name is not None:
            client.cookies.set(COOKIE, self.tokens[name])
        return client

    def load(self, scans: Sequence[Scan]) -> uuid.UUID:
        """A processed batch of these scans, its first load opened; returns the request's id."""
        with self.house.database.writing() as session:
            return open_first_load(session, batch_id=add_scans(session, self, scans).id, at=AT).id


def make_world(folder: Path, database_url: str, now: datetime | None = AT) -> World:
    """Build the house on a migrated database with everybody the screens are for; None: the real clock."""
    house = _house(folder, database_url, now)
    tokens: dict[str, str] = {}
    with house.database.writing() as session:
        scene = set_scene(session)
        _add_station_crew(session, scene)
        _agree(session, scene, house.now())
        session.execute(update(Account).values(password_hash=hash_password(PASSWORD)))
        for name, principal in scene.people.items():
            tokens[name] = _sign_in(session, principal, house.now())
    return World(house, make_app(house, ("viewer",)), scene, tokens)


def copied_world(world: World, folder: Path, database_url: str) -> World:
    """The same people before a copy of their database; what is in the object store never changes."""
    house = _house(folder, database_url, AT)
    return World(house, make_app(house, ("viewer",)), world.scene, world.tokens)


def _house(folder: Path, database_url: str, now: datetime | None) -> House:
    settings = Settings(database_url=database_url, objects=f"files:{folder / 'objects'}")
    return build_house(settings, lambda: now) if now else build_house(settings)


def add_scans(
    session: Session, world: World, scans: Sequence[Scan], request_id: uuid.UUID | None = None
) -> Batch:
    """Add pages with these scans, and the batch that brought them."""
    pages = [add_page(session, world.scene, at) for at in range(1, len(scans) + 1)]
    images = [
        store_scan(session, world.house.store, page, scan) for page, scan in zip(pages, scans, strict=True)
    ]
    batch = add_batch(
        session,
        world.scene,
        [(image, scan.proposals) for image, scan in zip(images, scans, strict=True)],
        request_id=request_id,
    )
    for image, scan in zip(images, scans, strict=True):
        result = session.scalars(select(RecognitionResult).filter_by(page_image_id=image.id)).one()
        result.lines = scan.lines
    session.flush()
    return batch


def entry_form(values: Mapping[str, str], was: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """The operator's form as a browser sends it: keys, texts and what stood there, in parallel."""
    return {
        "key": list(values),
        "text": list(values.values()),
        "was": [was.get(key, "") for key in values],
        **more,
    }


def _add_station_crew(session: Session, scene: Scene) -> None:
    account = Account(
        username="crew",
        display_name="crew",
        password_hash="-",
        station_id=scene.station.id,
        office_id=scene.office.id,
        created_at=NOW,
    )
    session.add(account)
    session.flush()
    session.add(AccountRole(account_id=account.id, role=Role.STATION.value))
    scene.people["crew"] = Principal(
        kind="account",
        name="crew",
        roles=frozenset({Role.STATION}),
        account_id=account.id,
        office_id=scene.office.id,
        station_id=scene.station.id,
    )


def _agree(session: Session, scene: Scene, at: datetime) -> None:
    approve_agreement(
        session,
        actor=SYSTEM,
        agency_id=scene.agency.id,
        legal_basis="遺產及贈與稅法第三十條",
        purposes=[PURPOSE, "繼承人查對"],
        fields={SERIES: ["name", "birth_date", "father", "mother", "relation"]},
        custodian="李保管",
        valid_from=min(at, NOW) - timedelta(days=1),
        valid_until=max(at, NOW) + timedelta(days=365),
        at=NOW,
    )


def _sign_in(session: Session, principal: Principal, at: datetime) -> str:
    token = new_token()
    session.add(
        SignInSession(
            id=new_id(),
            account_id=principal.account_id,
            token_sha256=hash_token(token),
            form_token=new_token(),
            created_at=at,
            last_seen_at=at,
            expires_at=at + timedelta(hours=8),
        )
    )
    return token
