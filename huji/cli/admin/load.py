"""huji admin load: entries from a file, through a first load to an edition."""

import hashlib
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import click
from rich.progress import TaskProgressColumn
from sqlalchemy.orm import Session

from domain.roles import Role
from huji.cli.admin.load_people import confirmers_for, person_for
from huji.cli.admin.load_progress import LoadProgress
from huji.cli.admin.progress_bar import progress_bar
from huji.cli.admin.telling import house_at_hand, telling_problems
from huji.wiring import House
from index_service.requests.load_file import LineDefect, read_load_file
from index_service.requests.load_plan import VolumeLoad, plan_load, unregistered
from index_service.requests.operations.load_entries import Loaded, LoadPeople, load_entries


@click.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--operator", help="維護人員: who answers for what is staged.")
@click.option("--confirmer", "confirmers", multiple=True, help="戶所主管: who confirms; one an office.")
@click.option("--publisher", help="發布人員: who publishes.")
@click.option("--assigner", help="內政部承辦: who gives the operator the request.")
@click.option("--register-volumes", is_flag=True, help="Register volumes that are not registered yet.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@telling_problems
def load_command(
    file: Path,
    operator: str | None,
    confirmers: tuple[str, ...],
    publisher: str | None,
    assigner: str | None,
    register_volumes: bool,
    as_json: bool,
) -> None:
    """Load entries (JSON Lines) through a first load to an edition, one for each volume.

    A line has the field keys of its series (name, birth_date, father …), and page, volume, office (its code);
    series and ordinal may be left out. The file is checked whole before anything is loaded; loaded again, it
    changes nothing. Each step is taken in the name of the person named for it; an option left out falls to
    the only account that could. The pages that the confirmer has to open are recorded as opened by him:
    whoever runs this has his word that the file is right.

    \b
    Example:
      huji admin load entries.jsonl --operator li --confirmer chen --publisher chou --register-volumes
    """
    started = time.monotonic()
    content = file.read_bytes()
    house = house_at_hand()
    with house.database.reading() as session:
        loads = _checked(session, content, register=register_volumes, as_json=as_json)
        people = _people(session, loads, operator, confirmers, publisher, assigner)
    if not as_json:
        _name(people.values())
    found = _load_all(house, loads, people, hashlib.sha256(content).hexdigest(), shown=sys.stderr.isatty())
    _tell(loads, found, time.monotonic() - started, as_json=as_json)


def _checked(session: Session, content: bytes, *, register: bool, as_json: bool) -> list[VolumeLoad]:
    lines, defects = read_load_file(content)
    loads, misplaced = plan_load(session, lines)
    if defects or misplaced:
        _refuse(sorted([*defects, *misplaced], key=lambda one: one.line), as_json=as_json)
    unknown = [f"{load.office} {load.designation}" for load in unregistered(loads)]
    if unknown and not register:
        raise click.ClickException(
            "下列簿冊尚未登錄，請先登錄或加上 --register-volumes："
            "These volumes are not registered: register them, or add --register-volumes. "
            + "; ".join(unknown)
        )
    return loads


def _refuse(defects: Sequence[LineDefect], *, as_json: bool) -> NoReturn:
    if as_json:
        listed = [{"line": one.line, "zh": one.zh, "en": one.en} for one in defects]
        click.echo(json.dumps({"entries": 0, "defects": listed}, ensure_ascii=False))
    told = "\n".join(f"  {one.line}: {one.zh} {one.en}" for one in defects)
    raise click.ClickException(
        f"檔案有 {len(defects)} 處錯誤，未載入任何資料 {len(defects)} defects; nothing was loaded.\n{told}"
    )


def _people(
    session: Session,
    loads: Sequence[VolumeLoad],
    operator: str | None,
    confirmers: Sequence[str],
    publisher: str | None,
    assigner: str | None,
) -> dict[str, LoadPeople]:
    """Return by office code who answers for its volumes."""
    by_office = confirmers_for(session, loads, confirmers)
    assigns = person_for(session, Role.MINISTRY_CLERK, "--assigner", assigner)
    operates = person_for(session, Role.OPERATOR, "--operator", operator)
    publishes = person_for(session, Role.PUBLISHER, "--publisher", publisher)
    return {
        load.office: LoadPeople(assigns, operates, by_office[load.office_id], publishes) for load in loads
    }


def _name(people: Iterable[LoadPeople]) -> None:
    for one in people:
        click.echo(
            f"分派 assigned by {one.assigner.name}; 維護 maintained by {one.operator.name}; "
            f"確認 confirmed by {one.confirmer.name}; 發布 published by {one.publisher.name}",
            err=True,
        )


def _load_all(
    house: House, loads: Sequence[VolumeLoad], people: dict[str, LoadPeople], sha256: str, *, shown: bool
) -> list[Loaded]:
    """Load volume by volume, a transaction each; what an interrupted run left, the next one loads."""
    found = []
    with progress_bar(TaskProgressColumn(), shown=shown) as bars:
        progress = LoadProgress(bars, sum(len(load.lines) for load in loads))
        for load in loads:
            with house.database.writing() as session:
                loaded = load_entries(
                    session,
                    load=load,
                    people=people[load.office],
                    file_sha256=sha256,
                    at=house.now(),
                    tell=progress.tell,
                )
            progress.finish(len(load.lines))
            found += [loaded] if loaded else []
    return found


def _tell(loads: Sequence[VolumeLoad], found: Sequence[Loaded], seconds: float, *, as_json: bool) -> None:
    entries = sum(one.entries for one in found)
    skipped = len(loads) - len(found)
    if as_json:
        summary = {
            "entries": entries,
            "editions": [one.edition for one in found],
            "requests": [one.request_number for one in found],
            "already_loaded": skipped,
            "seconds": round(seconds, 3),
        }
        click.echo(json.dumps(summary))
        return
    for one in found:
        click.echo(f"{one.request_number}: 第 {one.edition} 版, {one.entries} 筆, {one.pages} 頁")
    if skipped:
        click.echo(
            f"{skipped} 冊先前已由此檔載入，未再載入 {skipped} volumes were loaded from this file before."
        )
    click.echo(f"{entries} 筆 entries, {seconds:.1f} s")
