"""The stations' API, mounted."""

from fastapi import FastAPI

from huji.intake import upload_room
from huji.wiring import House
from ingest.batches import routes as batches
from ingest.orders import routes as orders
from ingest.uploads import routes as uploads
from ingest.volumes import routes as volumes


def mount_ingest(house: House, app: FastAPI) -> None:
    """Mount what stations talk to."""
    room = upload_room(house)
    app.include_router(
        batches.make_router(guard=house.guard, database=house.database, now=house.now, nudge=room.nudge)
    )
    app.include_router(uploads.make_router(guard=house.guard, room=room, now=house.now))
    app.include_router(volumes.make_router(guard=house.guard, database=house.database))
    app.include_router(orders.make_router(guard=house.guard, database=house.database))
