"""Which rooms an application may be composed of; each is loaded when it is mounted, and no other."""

from collections.abc import Mapping
from importlib import import_module

from fastapi import FastAPI

from huji.wiring import House

ROOMS: Mapping[str, str] = {
    "ingest": "huji.http.ingest_room:mount_ingest",
    "index": "huji.http.index_room:mount_index",
    "viewer": "huji.http.viewer_room:mount_viewer",
}


def mount(room: str, house: House, app: FastAPI) -> None:
    """Mount a room's routes on an application.

    Raises:
        KeyError: no such room.
    """
    module, _, name = ROOMS[room].partition(":")
    getattr(import_module(module), name)(house, app)
