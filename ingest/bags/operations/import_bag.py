"""Import a bag: check it whole, declare its batch, and send each file the way an upload goes."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Invalid, NotFound, Problem
from access.principal import Principal
from domain.roles import Role
from ingest.bags.bag_source import BagSource
from ingest.bags.check_bag import UNREADABLE, check_bag, payload_bytes
from ingest.bags.read_batch import BagBatch, payload_path
from ingest.batches.defects import Defect
from ingest.batches.operations.declare_batch import declare_batch
from ingest.uploads.operations.begin_upload import begin_upload
from ingest.uploads.operations.complete_upload import complete_upload
from ingest.uploads.operations.put_part import put_part
from ingest.uploads.room import UploadRoom
from ingest.uploads.schemas import UploadView
from storage.intake.tables import BatchFile, Upload
from storage.organisations.tables import Station

_MOST_ROUNDS = 5
_AGAIN = {"parts_missing", "upload_over", "content_differs"}
"""What an upload on the line may have left, or does at this moment: look again at what is there."""
MOST_TOLD = 200


class Watch(Protocol):
    """Watches an import: `checked` and `stored` are told of bytes, `begin` of how many there will be."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins, `check` or `store`."""
        ...

    def advance(self, count: int) -> None:
        """So many bytes more."""
        ...


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a bag: files stored now, those there before, those that cannot be used and why."""

    batch_id: uuid.UUID
    new: bool
    stored: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    refused: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def import_bag(
    room: UploadRoom,
    source: BagSource,
    *,
    actor: Principal,
    station_code: str,
    now: Callable[[], datetime],
    watch: Watch,
) -> Imported:
    """Take in a bag as its station's batch; `actor` is on record for it.

    The batch is the one that an upload of the same manifest on the line declared, if there is one. Cut off at
    any point and imported again, it goes on where it stopped and stores nothing twice.

    Raises:
        NotFound: there is no such station.
        Invalid: `defects` lists everything wrong with the bag, or with its manifest.
        Conflict: the station was withdrawn, or the bag's key stands for another manifest.
    """
    with room.database.reading() as session:
        station = _station(session, station_code)
    batch = _sound(source, station_code, watch)
    with room.database.writing() as session:
        declared, new = declare_batch(
            session, actor=station, key=batch.idempotency_key, manifest=batch.manifest, at=now()
        )
        _record(session, actor, declared.id, batch, now())
        report = Imported(declared.id, new)
    _send_all(room, source, station, batch, report, now, watch)
    return report


def _station(session: Session, code: str) -> Principal:
    station = session.scalar(select(Station).filter_by(code=code))
    if station is None:
        raise NotFound("no_such_station", f"查無掃描站 {code}。", f"There is no station {code}.")
    if station.withdrawn_at is not None:
        raise Conflict("station_withdrawn", f"掃描站 {code} 已停用。", f"The station {code} was withdrawn.")
    return Principal(
        kind="station",
        name=station.name,
        roles=frozenset({Role.STATION}),
        office_id=station.office_id,
        station_id=station.id,
    )


def _sound(source: BagSource, station_code: str, watch: Watch) -> BagBatch:
    watch.begin("check", payload_bytes(source.list().sizes))
    checked = check_bag(source, watch.advance)
    defects = list(checked.defects)
    if checked.batch is not None and checked.batch.station not in {"", station_code}:
        zh, en = (
            f"封包屬於另一掃描站,而非 {station_code}",
            f"the bag is another station's than {station_code}",
        )
        defects.append(Defect("huji-manifest.json station", "other_station", zh, en))
    if defects or checked.batch is None:
        raise _refused(defects)
    return checked.batch


def _refused(defects: Sequence[Defect]) -> Problem:
    return Invalid(
        "bag_defects",
        f"封包有 {len(defects)} 處錯誤,未匯入任何檔案;請重新匯出。",
        f"The bag has {len(defects)} defects; nothing was imported. Export it again.",
        count=len(defects),
        defects=[defect.as_document() for defect in defects[:MOST_TOLD]],
    )


def _record(session: Session, actor: Principal, batch_id: uuid.UUID, batch: BagBatch, at: datetime) -> None:
    record_event(
        session,
        actor=actor,
        action="batch.bag_imported",
        subject_kind="batch",
        subject_id=str(batch_id),
        facts={"files": len(batch.manifest.files), "manifest": batch.manifest.digest()},
        at=at,
    )


def _send_all(
    room: UploadRoom,
    source: BagSource,
    station: Principal,
    batch: BagBatch,
    report: Imported,
    now: Callable[[], datetime],
    watch: Watch,
) -> None:
    watch.begin("store", sum(file.size for file in batch.manifest.files))
    with room.database.reading() as session:
        query = select(BatchFile).filter_by(batch_id=report.batch_id).order_by(BatchFile.ordinal)
        files = session.scalars(query).all()
    for file in files:
        if file.state == "stored":
            report.held.append(file.name)
        elif file.state == "refused":
            report.refused.append((file.name, dict(file.refusal or {})))
        else:
            _send(room, source, station, file, report, now)
        watch.advance(file.size)


def _send(
    room: UploadRoom,
    source: BagSource,
    station: Principal,
    file: BatchFile,
    report: Imported,
    now: Callable[[], datetime],
) -> None:
    """Send one file, whatever an upload on the line left of it or does to it now."""
    for left in reversed(range(_MOST_ROUNDS)):
        try:
            upload = begin_upload(room, actor=station, batch_id=file.batch_id, ordinal=file.ordinal, at=now())
            _put_missing(room, source, station, file, upload)
            complete_upload(room, actor=station, upload_id=upload.id, at=now())
        except Problem as problem:
            if problem.code == "file_finished":
                report.held.append(file.name)
            elif problem.code == "file_refused":
                report.refused.append((file.name, dict(problem.details.get("reason", {}))))
            elif left and problem.code in _AGAIN:
                continue
            else:
                raise
        else:
            report.stored.append(file.name)
        return


def _put_missing(
    room: UploadRoom, source: BagSource, station: Principal, file: BatchFile, upload: UploadView
) -> None:
    if not upload.missing:
        return
    with room.database.reading() as session:
        reference = session.get_one(Upload, upload.id).store_reference
    path = payload_path(file.ordinal, file.name)
    try:
        with source.open(path) as reader:
            for part in upload.missing:
                reader.seek(part.offset)
                data = reader.read(part.size)
                put_part(room, actor=station, reference=reference, number=part.number, data=data)
                room.at_point("part")
    except UNREADABLE as error:
        raise _refused([_changed(path)]) from error


def _changed(path: str) -> Defect:
    zh, en = "檔案在匯入期間損毀或遭更動", "it was damaged or changed during the import"
    return Defect(path[:200], "not_readable", zh, en)
