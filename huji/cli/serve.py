"""huji serve: the HTTP applications."""

import click
import uvicorn

from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import build_house

ROOMS = {
    "ingest": ("ingest",),
    "index": ("index",),
    "viewer": ("viewer",),
    "all": ("ingest", "index", "viewer"),
}


# Longer than clients and the proxy keep an idle connection, so that no request meets a closing one.
KEEP_ALIVE_SECONDS = 75


@click.command()
@click.argument("application", type=click.Choice(list(ROOMS)))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(application: str, host: str, port: int) -> None:
    """Serve one application behind the proxy, or all of them in one process.

    \b
    Example:
      huji serve all --port 8000
    """
    app = make_app(build_house(Settings()), ROOMS[application])
    # Requests are logged by the proxy; here a look-up's address must not end up in a log file.
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
