"""`run`: the station at work: hot folder, page, sender."""

import signal
import threading
import webbrowser
from contextlib import ExitStack
from pathlib import Path

import click

from ingest.station.api import StationApi
from ingest.station.centre import Centre
from ingest.station.commands.server import ServerType
from ingest.station.commands.types import SPOOL, RateType, WindowType
from ingest.station.desk_page.desk import Desk
from ingest.station.desk_page.guard import page_key
from ingest.station.desk_page.serve import DeskServer
from ingest.station.errors import StationError
from ingest.station.hot_folder.watch import Watch
from ingest.station.judging.judge import Judge
from ingest.station.keep_running import keep_running
from ingest.station.patience import Patience
from ingest.station.read_key import read_key
from ingest.station.sending.rate import Rate
from ingest.station.sending.sender import Sender
from ingest.station.sending.window import ALWAYS, Window
from ingest.station.spool.apart import check_apart
from ingest.station.spool.leftovers import clear_leftovers
from ingest.station.spool.lock import SpoolLock
from ingest.station.spool.spool import Spool

PORT = 8642
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@SPOOL
@click.option(
    "--hot",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder the scanner drops files into 掃描軟體的輸出夾.",
)
@click.option(
    "--server",
    type=ServerType(),
    envvar="HUJI_SERVER",
    help="Where the ingest API is, https://…; without it, scan for export.",
)
@click.option("--key-file", type=_FILE, envvar="HUJI_STATION_KEY_FILE", help="The station's key.")
@click.option("--window", type=WindowType(), default=ALWAYS, help="Hours to send in, as 18:00-07:00.")
@click.option("--rate", type=RateType(), help="The most to send, as 2Mbit or 300kB a second.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The page's port on this machine; 0 for a free one.",
)
@click.option("--patience", default=60.0, show_default=True, help="Seconds before a lost line is told.")
@click.option("--keep-copies", is_flag=True, help="Keep the spool's copies of what has arrived.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
def run(
    spool: Path,
    hot: Path,
    server: str | None,
    key_file: Path | None,
    window: Window,
    rate: float | None,
    port: int,
    patience: float,
    keep_copies: bool,
    browser: bool,
) -> None:
    """Scan a volume page by page: the page in the browser says at once whether to scan again 開始掃描.

    \b
    Example:
      huji-station run --spool D:\\huji --hot D:\\scans --server https://huji.example \\
        --key-file station.key --window 18:00-07:00 --rate 2Mbit

    Ctrl+C ends it. Cut off by a power failure, start it again: nothing taken is lost.
    """
    if (server is None) != (key_file is None):
        raise click.UsageError("--server 與 --key-file 須一併給定。 --server and --key-file go together.")
    over = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: over.set())
    try:
        with ExitStack() as stack:
            check_apart(spool, hot)
            spool.mkdir(parents=True, exist_ok=True)
            stack.enter_context(SpoolLock(spool))
            kept = Spool(spool)
            kept.make_folders()
            clear_leftovers(kept)
            api = None
            if server is not None and key_file is not None:
                key = read_key(key_file)
                limit = Rate(rate)
                api = stack.enter_context(
                    StationApi(server, key, patience=Patience(total=patience), rate=limit)
                )
            judge = Judge(kept.looks)
            stack.callback(judge.close)
            centre = Centre(spool, api)
            watch = Watch(kept, hot, judge, centre.limits)
            sender = Sender(kept, api, window=window, tidy=not keep_copies) if api else None
            hours = "" if window == ALWAYS else f"{window.start:%H:%M}–{window.end:%H:%M}"
            desk = Desk(kept, watch, centre, sender, server or "", hours, over.set)
            page = stack.enter_context(DeskServer(desk, port, page_key(spool)))
            runs = [watch.run, centre.run, page.serve_forever, *([sender.run] if sender else [])]
            stops = [watch.stop, centre.stop, page.shutdown, *([sender.stop] if sender else [])]
            stack.enter_context(keep_running(runs, stops, over, spool))
            click.echo(f"請開啟 Open: {page.address}")
            if browser:
                webbrowser.open(page.address)
            _wait(over)
    except StationError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"無法開始:{error}\nCannot start: {error}") from error


def _wait(over: threading.Event) -> None:
    # In short steps: on Windows a wait without end does not hear Ctrl+C.
    while not over.wait(0.5):
        pass
