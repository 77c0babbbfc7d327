"""Declare a batch: the volume, the files and the pages a station is about to deliver."""

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Forbidden, Invalid
from access.principal import Principal
from ingest.batches.check_archive import check_archive
from ingest.batches.check_manifest import check_manifest
from ingest.batches.defects import Defect
from ingest.batches.operations.add_pages import PageAdder
from ingest.batches.schemas import Manifest, ManifestFile
from storage.catalogue.tables import Volume
from storage.database.identity import new_id
from storage.database.locking import lock_row
from storage.intake.tables import Batch, BatchFile, BatchPage

_EMPTY = {
    "code": "empty",
    "zh": "檔案是空的;請重新掃描此頁。",
    "en": "The file is empty; scan the page again.",
}


def declare_batch(
    session: Session, *, actor: Principal, key: str, manifest: Manifest, at: datetime
) -> tuple[Batch, bool]:
    """Return the batch of this manifest and whether it is new; the same key and manifest give the same batch.

    Empty files are refused at once and the rest of the batch goes on.
    Raises:
        Invalid: `defects` lists everything wrong with the manifest.
        Conflict: the key stands for another manifest.
        Forbidden: the actor is no station.
    """
    if actor.station_id is None or actor.office_id is None:
        raise Forbidden("stations_only", "僅掃描站可申報批次。", "Only a scanning station declares batches.")
    _check_key(key)
    if (known := _known_batch(session, actor.station_id, key, manifest)) is not None:
        return known, False
    volume = _sound_volume(session, actor.office_id, manifest)
    # Two stations may declare pages of one volume at once: the later one must see what the first one took.
    lock_row(session, Volume, volume.id)
    if (known := _known_batch(session, actor.station_id, key, manifest)) is not None:
        return known, False
    _refuse(check_archive(session, manifest, volume))
    batch = Batch(
        station_id=actor.station_id,
        office_id=volume.office_id,
        volume_id=volume.id,
        idempotency_key=key,
        manifest_sha256=manifest.digest(),
        purpose=manifest.purpose,
        request_id=manifest.request_id,
        declared_at=at,
    )
    session.add(batch)
    session.flush()
    _add_files(session, batch, manifest, at)
    _record(session, actor, batch, len(manifest.files), at)
    return batch, True


def _check_key(key: str) -> None:
    if not 1 <= len(key) <= 100:
        raise Invalid(
            "idempotency_key_needed",
            "申報批次須附上 Idempotency-Key(1–100 字)。",
            "Declaring a batch needs an Idempotency-Key header of 1 to 100 characters.",
        )


def _known_batch(session: Session, station_id: uuid.UUID, key: str, manifest: Manifest) -> Batch | None:
    batch = session.scalar(select(Batch).filter_by(station_id=station_id, idempotency_key=key))
    if batch is not None and batch.manifest_sha256 != manifest.digest():
        raise Conflict(
            "idempotency_key_reused",
            "此 Idempotency-Key 已用於另一份清單,請換一個新的。",
            "This Idempotency-Key stands for another manifest: choose a new one.",
        )
    return batch


def _sound_volume(session: Session, office_id: uuid.UUID, manifest: Manifest) -> Volume:
    """Return the volume; all that is wrong with the manifest is told together, whether or not it is known."""
    defects = check_manifest(manifest)
    volume = session.scalar(select(Volume).filter_by(office_id=office_id, designation=manifest.volume))
    if volume is None:
        zh, en = "本所查無此冊號,請先建立簿冊", "this office has no such volume; have it entered first"
        _refuse([Defect("volume", "unknown_volume", zh, en), *defects])
    assert volume is not None
    if defects and manifest.files:
        defects += check_archive(session, manifest, volume)
    _refuse(defects)
    return volume


def _refuse(defects: list[Defect]) -> None:
    if defects:
        raise Invalid(
            "manifest_defects",
            f"清單有 {len(defects)} 處錯誤,請一併更正後重送。",
            f"The manifest has {len(defects)} defects: mend them all and send it again.",
            defects=[defect.as_document() for defect in defects],
        )


def _add_files(session: Session, batch: Batch, manifest: Manifest, at: datetime) -> None:
    pages = PageAdder(session, batch=batch, at=at)
    for ordinal, declared in enumerate(manifest.files, 1):
        file = _file_row(batch, ordinal, declared)
        if not declared.pages:
            file.frames_designation = manifest.designation_of(ordinal)
        session.add(file)
        for page in manifest.pages_of(ordinal):
            pages.add(file, page, "refused" if file.state == "refused" else "expected")
    pages.write()


def _file_row(batch: Batch, ordinal: int, declared: ManifestFile) -> BatchFile:
    empty = declared.size == 0
    return BatchFile(
        id=new_id(),
        batch_id=batch.id,
        office_id=batch.office_id,
        ordinal=ordinal,
        name=declared.name,
        sha256=declared.sha256,
        size=declared.size,
        state="refused" if empty else "expected",
        refusal=dict(_EMPTY) if empty else None,
    )


def _record(session: Session, actor: Principal, batch: Batch, files: int, at: datetime) -> None:
    pages = session.scalar(select(func.count()).where(BatchPage.batch_id == batch.id))
    record_event(
        session,
        actor=actor,
        action="batch.declared",
        subject_kind="batch",
        subject_id=str(batch.id),
        facts={"volume": str(batch.volume_id), "files": files, "pages": pages, "purpose": batch.purpose},
        at=at,
    )
