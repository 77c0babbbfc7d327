"""The API, walked over HTTP by signed-in people, from form to edition."""

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from access.http.guard import COOKIE, Guard
from access.principal import Principal
from access.sessions.tables import SignInSession
from access.sessions.tokens import hash_token, new_token
from huji.http.problems import answer_problems
from imaging.pyramid import read_layout, write_pyramid
from index_service.changesets import routes as change_routes
from index_service.changesets import staging_routes
from index_service.editions import hold_routes
from index_service.editions import routes as edition_routes
from index_service.entries import routes as entry_routes
from index_service.figures import routes as figure_routes
from index_service.notices import routes as notice_routes
from index_service.requests import ministry_routes, office_routes, opening_routes, operator_routes, routes
from storage.catalogue.tables import PageImage
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, after, set_scene
from tests.index_service.walk import load, named
from tests.services.fixtures import Objects

Clients = dict[str, TestClient]


@pytest.fixture
def scene(sqlite_database: Database, file_objects: Objects) -> Scene:
    """A volume of one page, published; its image is really stored."""
    pyramid = write_pyramid(np.full((800, 1000, 3), 230, np.uint8))
    file_objects.store.put("derivatives/page", pyramid)
    with sqlite_database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [["陳大", "陳二"]])
        image = session.get_one(PageImage, named(session, "陳大").image_id)
        image.derivative_key = "derivatives/page"
        image.derivative_layout = read_layout(pyramid).as_json()
    return scene


@pytest.fixture
def clients(sqlite_database: Database, file_objects: Objects, scene: Scene) -> Clients:
    """Everybody of the scene, signed in at the index service."""
    app = FastAPI()
    guard = Guard(database=sqlite_database, now=lambda: NOW)
    for make in (
        routes.make_router,
        office_routes.make_router,
        ministry_routes.make_router,
        operator_routes.make_router,
        change_routes.make_router,
        staging_routes.make_router,
        edition_routes.make_router,
        hold_routes.make_router,
        notice_routes.make_router,
        figure_routes.make_router,
    ):
        app.include_router(make(guard=guard, database=sqlite_database, now=lambda: NOW))
    app.include_router(entry_routes.make_router(guard=guard, database=sqlite_database))
    app.include_router(
        opening_routes.make_router(
            guard=guard, database=sqlite_database, store=file_objects.store, now=lambda: NOW
        )
    )
    answer_problems(app, None)
    with sqlite_database.writing() as session:
        return {name: _sign_in(session, app, who) for name, who in scene.people.items()}


def _sign_in(session: Session, app: FastAPI, who: Principal) -> TestClient:
    token, form_token = new_token(), new_token()
    assert who.account_id is not None
    session.add(
        SignInSession(
            account_id=who.account_id,
            token_sha256=hash_token(token),
            form_token=form_token,
            created_at=NOW,
            last_seen_at=NOW,
            expires_at=after(hours=8),
        )
    )
    session.flush()
    return TestClient(app, cookies={COOKIE: token}, headers={"X-Form-Token": form_token})


def _form(database: Database) -> dict[str, object]:
    with database.reading() as session:
        version = named(session, "陳大")
    item = {
        "fault_code": "wrong_name",
        "page_id": str(version.page_id),
        "entry_id": str(version.entry_id),
        "field_key": "name",
        "stands_now": "陳大",
        "should_stand": "陳太",
    }
    return {
        "kind": "index_correction",
        "series_key": "colonial_register",
        "contact": "王小姐",
        "grounds": "與原簿不符",
        "items": [item],
    }


def test_a_correction_is_walked_over_http_to_its_edition(
    sqlite_database: Database, clients: Clients, scene: Scene
) -> None:
    form = _form(sqlite_database)
    clerk, supervisor = clients["clerk"], clients["supervisor"]
    ministry, operator, publisher = clients["ministry"], clients["operator"], clients["publisher"]
    drafted = clerk.post("/api/v1/requests", json=form, headers={"Idempotency-Key": "a"})
    assert drafted.status_code == 201
    repeated = clerk.post("/api/v1/requests", json=form, headers={"Idempotency-Key": "a"})
    assert repeated.json() == drafted.json()
    at = f"/api/v1/requests/{drafted.json()['id']}"

    seen = clerk.get(at)
    assert "submit" not in seen.json()["actions"]
    assert "submit" in supervisor.get(at).json()["actions"]
    tag = seen.headers["ETag"]
    assert supervisor.post(f"{at}/submit", json={"letter_number": "1"}, headers={"If-Match": tag}).is_success
    stale = clerk.post(f"{at}/withdraw", headers={"If-Match": tag})
    assert stale.status_code == 412
    accepted = ministry.post(f"{at}/accept", json={"operator_id": str(scene.operator.account_id)})
    assert accepted.json()["state"] == "accepted"
    assert operator.post(f"{at}/start").is_success

    detail = operator.get(at).json()
    staged = operator.post(
        f"/api/v1/change-sets/{detail['change_set_id']}/entries/updated",
        json={
            "entry_id": form["items"][0]["entry_id"],  # type: ignore[index] # a form's first item
            "texts": {"name": "陳犬"},
            "item_id": detail["items"][0]["id"],
        },
    )
    assert staged.status_code == 201
    listed = operator.get(f"/api/v1/change-sets/{detail['change_set_id']}/changes").json()["changes"]
    change = f"/api/v1/changes/{listed[0]['change']['id']}"
    assert operator.patch(change, json={"texts": {"name": "陳太"}}).status_code == 428
    etag = operator.get(change).headers["ETag"]
    edited = operator.patch(change, json={"texts": {"name": "陳太"}}, headers={"If-Match": etag})
    assert edited.json()["version"]["fields"]["name"]["text"] == "陳太"
    loser = operator.patch(change, json={"texts": {"name": "陳夫"}}, headers={"If-Match": etag})
    assert loser.status_code == 412
    assert loser.json()["kept"]["texts"] == {"name": "陳夫"}
    assert operator.get(f"/api/v1/change-sets/{detail['change_set_id']}/defects").json() == []
    assert operator.post(f"{at}/deliver").json()["delivery"] == 1

    early = supervisor.post(f"{at}/confirm", json={})
    assert early.status_code == 409
    assert [one["code"] for one in early.json()["reasons"]] == ["pages_unopened"]
    required = supervisor.get(f"{at}/pages-required").json()
    assert [(one["parts"], one["opened"]) for one in required] == [(["image", "values"], False)]
    page = f"{at}/pages/{required[0]['page_id']}"
    beside = supervisor.get(page).json()
    changed = next(one for one in beside["entries"] if one["changed"])
    assert changed["changed"] == ["name"]
    assert changed["before"]["fields"]["name"]["text"] == "陳大"
    assert changed["after"]["fields"]["name"]["text"] == "陳太"
    picture = supervisor.get(f"{page}/image")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content[:2] == b"\xff\xd8"
    assert supervisor.get(f"{at}/pages-required").json()[0]["opened"]
    assert supervisor.post(f"{at}/confirm", json={}).json()["state"] == "confirmed"
    assert publisher.post(f"{at}/publish").json() == {"edition": 2}

    history = clerk.get(f"{at}/history").json()
    assert [one["action"] for one in history][-1] == "publish"
    page_id = required[0]["page_id"]
    now = clerk.get(f"/api/v1/pages/{page_id}/entries").json()
    assert {one["fields"]["name"]["text"] for one in now["entries"]} == {"陳太", "陳二"}
    then = clerk.get(f"/api/v1/pages/{page_id}/entries?as_of=1").json()
    assert {one["fields"]["name"]["text"] for one in then["entries"]} == {"陳大", "陳二"}
    figures = ministry.get("/api/v1/figures").json()
    assert (figures["editions"], figures["published_entries"]) == (2, 2)
    assert clerk.get("/api/v1/notices").json()["unread"] > 0


def test_listings_and_their_limits(sqlite_database: Database, clients: Clients) -> None:
    form = _form(sqlite_database)
    for key in ("a", "b"):
        clients["clerk"].post("/api/v1/requests", json=form, headers={"Idempotency-Key": key})
    first = clients["clerk"].get("/api/v1/requests?limit=2").json()
    assert len(first["requests"]) == 2
    rest = clients["clerk"].get("/api/v1/requests", params={"cursor": first["next"]}).json()
    assert [one["kind"] for one in rest["requests"]] == ["first_load"]
    assert clients["other_clerk"].get("/api/v1/requests").json()["requests"] == []
    hidden = clients["other_clerk"].get(f"/api/v1/requests/{first['requests'][0]['id']}")
    assert hidden.status_code == 404
    assert clients["agent"].get("/api/v1/requests").status_code == 403
    assert clients["clerk"].post("/api/v1/requests", json=form).status_code == 422
    volumes = clients["clerk"].get("/api/v1/volumes").json()["volumes"]
    assert [(one["designation"], one["published_pages"]) for one in volumes] == [("板橋-0001", 1)]
    pages = clients["clerk"].get(f"/api/v1/volumes/{volumes[0]['id']}/pages").json()
    assert [one["sequence"] for one in pages["pages"]] == [1]
    assert clients["other_clerk"].get("/api/v1/volumes").json()["volumes"] == []
    assert clients["publisher"].get("/api/v1/editions").json()["current"] == 1


def test_a_hold_and_a_reversal_over_http(sqlite_database: Database, clients: Clients) -> None:
    with sqlite_database.reading() as session:
        entry_id = str(named(session, "陳大").entry_id)
    body = {"entry_id": entry_id, "reason": "異議", "review_by": "2026-12-31T00:00:00Z"}
    held = clients["supervisor"].post("/api/v1/holds", json=body, headers={"Idempotency-Key": "h"})
    assert held.status_code == 201
    at = f"/api/v1/holds/{held.json()['id']}"
    assert clients["ministry"].post(f"{at}/approve").json()["in_force_from"]
    assert [one["id"] for one in clients["clerk"].get("/api/v1/holds").json()] == [held.json()["id"]]
    assert clients["ministry"].post(f"{at}/lift", json={"reason": "釐清"}).json()["lifted_at"]
    reversal = clients["ministry"].post("/api/v1/editions/1/reverse", json={"reason": "誤載"})
    assert reversal.status_code == 201
    assert clients["publisher"].post("/api/v1/editions/1/reverse", json={"reason": "誤"}).status_code == 403


def test_every_route_declares_its_permission(clients: Clients) -> None:
    app = clients["clerk"].app
    assert isinstance(app, FastAPI)
    for route in app.routes:
        if not getattr(route, "path", "").startswith("/api/"):
            continue
        dependant = route.dependant  # type: ignore[attr-defined] # an API route has one
        permissions = [
            one.call.permission for one in dependant.dependencies if hasattr(one.call, "permission")
        ]
        assert len(permissions) == 1, route
