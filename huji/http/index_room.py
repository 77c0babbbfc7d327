"""The API of everybody's programs but the stations', mounted."""

from fastapi import FastAPI

from huji.wiring import House
from index_service.changesets import routes as changesets
from index_service.changesets import staging_routes as staging
from index_service.editions import hold_routes as holds
from index_service.editions import routes as editions
from index_service.entries import routes as entries
from index_service.figures import routes as figures
from index_service.lookups import routes as lookups
from index_service.notices import routes as notices
from index_service.requests import ministry_routes, office_routes, opening_routes, operator_routes
from index_service.requests import routes as requests


def mount_index(house: House, app: FastAPI) -> None:
    """Mount requests, change sets, editions and looks."""
    guard, database, store, now = house.guard, house.database, house.store, house.now
    routers = [
        requests.make_router(guard=guard, database=database, now=now),
        office_routes.make_router(guard=guard, database=database, now=now),
        operator_routes.make_router(guard=guard, database=database, now=now),
        ministry_routes.make_router(guard=guard, database=database, now=now),
        opening_routes.make_router(guard=guard, database=database, store=store, now=now),
        changesets.make_router(guard=guard, database=database, now=now),
        staging.make_router(guard=guard, database=database, now=now),
        editions.make_router(guard=guard, database=database, now=now),
        holds.make_router(guard=guard, database=database, now=now),
        entries.make_router(guard=guard, database=database),
        notices.make_router(guard=guard, database=database, now=now),
        figures.make_router(guard=guard, database=database, now=now),
        lookups.make_router(guard=guard, database=database, store=store, now=now),
    ]
    for router in routers:
        app.include_router(router)
