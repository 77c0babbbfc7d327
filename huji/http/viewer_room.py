"""The screens, mounted. Retrying and setting aside are ingest's; they are handed in from here."""

from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from huji.wiring import House
from ingest.batches.operations.retry_page import retry_page
from ingest.batches.operations.set_aside_page import set_aside_page
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
            retry_page=retry_page,
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
