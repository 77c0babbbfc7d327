"""huji admin rerun: recognition once more over a volume's images, published or not yet reviewed."""

import sys
import time
import uuid

import click
from rich.progress import MofNCompleteColumn, Progress, TaskID
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.roles import Role
from huji.cli.admin.load_people import person_for
from huji.cli.admin.progress_bar import progress_bar
from huji.cli.admin.rerun_report import RerunReport, report_of, report_of_trial
from huji.cli.admin.telling import by_code, house_at_hand, telling_problems
from huji.nudging import queue_of
from huji.processing import processing_room
from huji.wiring import House
from index_service.requests.operations.compare_images import ImageReading, compare_images
from ingest.pipeline.reread import reread_page
from ingest.processing.process_run import process_run
from ingest.processing.queries import find_due_runs_of
from ingest.reruns.operations.order_rerun import nothing_readable, order_rerun, require_series
from ingest.reruns.queries import masters_of, run_states
from storage.catalogue.tables import Volume
from storage.intake.tables import Rerun
from storage.organisations.tables import Office

_PAUSE = 1.0
_DOING = "重新辨識 Reading"


@click.command("rerun")
@click.option("--volume", required=True, help="The volume's designation 冊號.")
@click.option("--office", help="The office's code, where two offices have such a volume.")
@click.option("--series", help="Read by this series' definition instead of the volume's own.")
@click.option("--clerk", help="內政部承辦: in whose name the request is opened.")
@click.option("--here", is_flag=True, help="Read in this process too, where no worker runs.")
@click.option("--dry-run", is_flag=True, help="Read here and report what would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@telling_problems
def rerun_command(
    volume: str,
    office: str | None,
    series: str | None,
    clerk: str | None,
    here: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a volume's images again 重新辨識, with the engine and the series of today.

    What was read otherwise is staged in a request (依職權) for an operator to review, and only where no
    person typed, loaded or confirmed what stands there; a person newly read is staged as a new entry. In a
    first load, the proposals of a page at which nobody has been give way in place. Nothing is published, and
    no image is made. Workers do the reading; this command waits for them and may be interrupted: the reading
    goes on.

    \b
    Example:
      huji admin rerun --volume 甲-1 --dry-run

    Exit status: 0 done, 1 pages that could not be read, or refused, 2 wrong use.
    """
    house = house_at_hand()
    with house.database.reading() as session:
        book = _volume(session, volume, office)
    report = _try(house, book, series) if dry_run else _really(house, book, series, clerk, here)
    report.tell(as_json=as_json)
    sys.exit(1 if report.failed else 0)


def _volume(session: Session, designation: str, office: str | None) -> Volume:
    query = select(Volume).filter_by(designation=designation)
    if office is not None:
        query = query.filter_by(office_id=by_code(session, Office, office).id)
    found = session.scalars(query).all()
    if len(found) != 1:
        raise click.ClickException(
            f"查無簿冊 {designation} There is no volume {designation}."
            if not found
            else f"多所有此冊號,請以 --office 指明 Several offices have a volume {designation}: add --office."
        )
    return found[0]


def _really(house: House, volume: Volume, series: str | None, clerk: str | None, here: bool) -> RerunReport:
    with house.database.writing() as session:
        actor = person_for(session, Role.MINISTRY_CLERK, "--clerk", clerk)
        rerun, runs = order_rerun(
            session, actor=actor, volume_id=volume.id, series_key=series, at=house.now()
        )
        rerun_id = rerun.id
    queue_of(house).nudge(runs)
    with progress_bar(MofNCompleteColumn(), shown=sys.stderr.isatty()) as bars:
        task = bars.add_task(_DOING, total=len(runs))
        if here:
            _work_here(house, rerun_id, bars, task)
        _wait(house, rerun_id, bars, task)
    with house.database.reading() as session:
        return report_of(session, session.get_one(Rerun, rerun_id), volume)


def _work_here(house: House, rerun_id: uuid.UUID, bars: Progress, task: TaskID) -> None:
    """Claim what is due as a worker does; a worker beside this process takes its share."""
    room = processing_room(house)
    while True:
        with house.database.reading() as session:
            due = find_due_runs_of(session, rerun_id=rerun_id, limit=1)
        if not due:
            return
        process_run(room, run_id=due[0])
        _show(house, rerun_id, bars, task)


def _wait(house: House, rerun_id: uuid.UUID, bars: Progress, task: TaskID) -> None:
    while True:
        _show(house, rerun_id, bars, task)
        with house.database.reading() as session:
            if session.get_one(Rerun, rerun_id).state == "read":
                return
        time.sleep(_PAUSE)


def _show(house: House, rerun_id: uuid.UUID, bars: Progress, task: TaskID) -> None:
    with house.database.reading() as session:
        states = run_states(session, rerun_id)
    bars.update(task, completed=states.get("done", 0) + states.get("failed", 0))


def _try(house: House, volume: Volume, series: str | None) -> RerunReport:
    """Read every image here, compare, and keep nothing."""
    key = require_series(series or volume.series_key)
    with house.database.reading() as session:
        masters = masters_of(session, volume.id, key)
    if not masters:
        raise nothing_readable(volume)
    tools = processing_room(house).tools
    readings, failed = [], 0
    with progress_bar(MofNCompleteColumn(), shown=sys.stderr.isatty()) as bars:
        task = bars.add_task(_DOING, total=len(masters))
        for master in masters:
            try:
                read = reread_page(tools, master, lambda _step: None, master.transform)
            except Exception as error:
                failed += 1
                click.echo(f"無法讀取 Not read: {master.object_key[:20]}… {type(error).__name__}", err=True)
            else:
                readings.append(ImageReading(master.page_image_id, read.proposals))
            bars.advance(task)
    with house.database.reading() as session:
        return report_of_trial(session, compare_images(session, volume, readings), volume, key, failed)
