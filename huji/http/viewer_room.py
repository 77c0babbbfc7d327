"""The screens, mounted. Retrying and setting aside are ingest's; they are handed in from here."""

import uuid
from datetime import datetime
from importlib.resources import files

from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.staticfiles import StaticFiles

from access.principal import Principal
from huji.nudging import queue_of
from huji.wiring import House
from ingest.batches.operations.retry_page import retry_page
from ingest.batches.operations.set_aside_page import set_aside_page
from storage.database.session import after_commit
from viewer.batches import routes as batches
from viewer.cases import look_routes as looks
from viewer.cases import routes as cases
from viewer.images import routes as images
from viewer.inbox import routes as inbox
from viewer.notices import routes as notices
from viewer.pages import Pages
from viewer.publication import routes as publication
from viewer.request_form import routes as request_form
from viewer.requests import routes as requests
from viewer.requests import verdict_routes as verdicts
from viewer.sign_in import routes as sign_in
from viewer.work import routes as work
from viewer.work import step_routes as work_steps

STATIC = "/static"


def _retrying(house: House) -> batches.Retry:
    """Return ingest's retry, with a nudge once it is committed; the sweeper finds what no nudge reached."""
    queue = queue_of(house)

    def retry(
        session: Session, *, actor: Principal, batch_id: uuid.UUID, page_id: uuid.UUID, at: datetime
    ) -> None:
        run = retry_page(session, actor=actor, batch_id=batch_id, page_id=page_id, at=at)
        after_commit(session, lambda: queue.nudge([run.id]))

    return retry


def mount_viewer(house: House, app: FastAPI) -> None:
    """Mount every screen, and the static files that need no permission."""
    guard, database, store, now = house.guard, house.database, house.store, house.now
    pages = Pages()
    routers = [
        sign_in.make_router(
            guard=guard,
            database=database,
            pages=pages,
            now=now,
            secure_cookies=house.settings.secure_cookies,
        ),
        batches.make_router(
            guard=guard,
            database=database,
            pages=pages,
            now=now,
            retry_page=_retrying(house),
            set_aside_page=set_aside_page,
        ),
        images.make_router(guard=guard, database=database, store=store, now=now),
        work.make_router(guard=guard, database=database, pages=pages, now=now),
        work_steps.make_router(guard=guard, database=database, pages=pages, now=now),
        request_form.make_router(guard=guard, database=database, pages=pages, now=now),
        requests.make_router(guard=guard, database=database, pages=pages, now=now),
        verdicts.make_router(guard=guard, database=database, pages=pages, now=now),
        inbox.make_router(guard=guard, database=database, pages=pages, now=now),
        publication.make_router(guard=guard, database=database, pages=pages, now=now),
        cases.make_router(guard=guard, database=database, pages=pages, now=now),
        looks.make_router(guard=guard, database=database, store=store, pages=pages, now=now),
        notices.make_router(guard=guard, database=database, pages=pages, now=now),
    ]
    for router in routers:
        app.include_router(router)
    app.mount(STATIC, StaticFiles(directory=str(files("viewer").joinpath("static"))), name="static")
