"""huji worker and huji scheduler: what goes on behind the applications."""

import signal
import threading

import click

from huji.health.heartbeat import Heartbeat
from huji.intake import clearing
from huji.outbox import delivering
from huji.processing import sweeping, work
from huji.scheduler import run_scheduler
from huji.settings import Settings
from huji.tasks import process_name, sealing
from huji.wiring import build_house
from ingest.ocr.choose import NoEngine


@click.command()
def worker() -> None:
    """Process pages until SIGTERM or Ctrl-C, which let the page at hand finish.

    \b
    Example:
      HUJI_REDIS_URL=redis://queue:6379/0 huji worker
    """
    try:
        work(build_house(Settings()))
    except NoEngine as error:
        raise click.ClickException(str(error)) from error


@click.command()
def scheduler() -> None:
    """Seal audit events, enqueue lost work, deliver reminders, until SIGTERM or Ctrl-C.

    Several may run at once.

    \b
    Example:
      huji scheduler
    """
    house = build_house(Settings())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    heartbeat = Heartbeat(house.settings.scratch, "scheduler", process_name())
    try:
        tasks = [
            sealing(house),
            sweeping(house),
            delivering(house),
            clearing(house),
        ]
        run_scheduler(tasks, stop, alive=heartbeat.beat)
    finally:
        heartbeat.end()
