"""Which rooms an application may be composed of."""

from collections.abc import Callable, Mapping

from fastapi import FastAPI

from huji.http.api_rooms import mount_index, mount_ingest
from huji.http.viewer_room import mount_viewer
from huji.wiring import House

ROOMS: Mapping[str, Callable[[House, FastAPI], None]] = {
    "ingest": mount_ingest,
    "index": mount_index,
    "viewer": mount_viewer,
}
