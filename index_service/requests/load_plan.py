"""Sort the entries to be loaded by office and volume, against what is registered."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.requests.load_file import LineDefect, LoadLine
from storage.catalogue.tables import Volume
from storage.organisations.tables import Office


@dataclass(slots=True)
class VolumeLoad:
    """What is to be loaded into one volume of one office; `volume_id` is None where none is registered."""

    office_id: uuid.UUID
    office: str
    designation: str
    series_key: str
    volume_id: uuid.UUID | None
    lines: list[LoadLine] = field(default_factory=list)


def plan_load(session: Session, lines: Sequence[LoadLine]) -> tuple[list[VolumeLoad], list[LineDefect]]:
    """Return the loads by volume, in the file's order, and every line whose office or series is wrong."""
    offices = _offices(session, {line.office for line in lines})
    loads: dict[tuple[str, str], VolumeLoad] = {}
    defects: list[LineDefect] = []
    for line in lines:
        if line.office not in offices:
            defects.append(LineDefect(line.number, "查無此戶所代碼。", "No office has this code."))
            continue
        key = (line.office, line.volume)
        load = loads.get(key) or loads.setdefault(key, _new_load(session, offices[line.office], line))
        if load.series_key == line.series:
            load.lines.append(line)
        else:
            defects.append(_other_series(line, load))
    return list(loads.values()), defects


def unregistered(loads: Sequence[VolumeLoad]) -> list[VolumeLoad]:
    """Return the loads whose volume is not registered."""
    return [load for load in loads if load.volume_id is None]


def _offices(session: Session, codes: set[str]) -> dict[str, uuid.UUID]:
    query = select(Office.code, Office.id)
    return {code: office_id for code, office_id in session.execute(query) if code in codes}


def _new_load(session: Session, office_id: uuid.UUID, line: LoadLine) -> VolumeLoad:
    query = select(Volume).filter_by(office_id=office_id, designation=line.volume)
    volume = session.scalar(query)
    return VolumeLoad(
        office_id=office_id,
        office=line.office,
        designation=line.volume,
        series_key=volume.series_key if volume else line.series,
        volume_id=volume.id if volume else None,
    )


def _other_series(line: LoadLine, load: VolumeLoad) -> LineDefect:
    return LineDefect(
        line.number,
        f"此冊屬於 {load.series_key}，不是 {line.series}。",
        f"The volume is of the series {load.series_key}, not {line.series}.",
    )
