"""Order a rerun of recognition over a volume's images."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Forbidden, Invalid
from access.principal import Principal
from domain.roles import Role
from domain.series import series_keys
from ingest.reruns.queries import readable_pages
from storage.catalogue.tables import Volume
from storage.database.locking import lock_row
from storage.intake.tables import BatchPage, ProcessingRun, Rerun


def order_rerun(
    session: Session, *, actor: Principal, volume_id: uuid.UUID, series_key: str | None, at: datetime
) -> tuple[Rerun, Sequence[uuid.UUID]]:
    """Owe each image of a volume a run that only reads it; returns the rerun and the runs owed.

    Those published are read, and those of a first load that nobody has reviewed.

    `series_key` names another series whose definition is read by; None is the volume's own.

    Raises:
        Forbidden: the actor is no ministry clerk, in whose name the request for what differs is opened.
        Invalid: there is no such series, or nothing of the volume may be read again.
        Conflict: a rerun of the volume is under way.
    """
    if Role.MINISTRY_CLERK not in actor.roles or actor.account_id is None:
        raise Forbidden(
            "ministry_only", "須由內政部承辦人員發起。", "Only a clerk of the ministry orders a rerun."
        )
    volume = lock_row(session, Volume, volume_id)
    key = require_series(series_key or volume.series_key)
    _require_first(session, volume)
    pages = [page for page, _ in readable_pages(session, volume.id)]
    if not pages:
        raise nothing_readable(volume)
    rerun = Rerun(
        volume_id=volume.id,
        office_id=volume.office_id,
        series_key=key,
        ordered_by=actor.account_id,
        created_at=at,
    )
    session.add(rerun)
    session.flush()
    runs = _owe(session, rerun, pages, at)
    record_event(
        session,
        actor=actor,
        action="rerun.ordered",
        subject_kind="volume",
        subject_id=str(volume.id),
        facts={"rerun": str(rerun.id), "series": key, "pages": len(pages)},
        at=at,
    )
    return rerun, runs


def require_series(key: str) -> str:
    """Return the key of a series there is; raises Invalid."""
    if key not in series_keys():
        raise Invalid(
            "series_unknown",
            f"查無簿冊類別 {key[:64]};有 {'、'.join(series_keys())}。",
            f"There is no series {key[:64]}; there are {', '.join(series_keys())}.",
        )
    return key


def nothing_readable(volume: Volume) -> Invalid:
    """Say that a volume has no image to be read again."""
    return Invalid(
        "nothing_readable",
        f"{volume.designation} 沒有可重新辨識的影像:尚無已公布者;未公布者已有人審閱,由初次建檔案辦理。",
        f"No image of {volume.designation} may be read again: none is published, "
        "and what persons have reviewed is its first load's to correct.",
    )


def _require_first(session: Session, volume: Volume) -> None:
    if session.scalar(select(Rerun.id).filter_by(volume_id=volume.id, state="reading")) is not None:
        raise Conflict(
            "rerun_under_way", "此冊正在重新辨識。", "This volume is being read again already: wait for that."
        )


def _owe(session: Session, rerun: Rerun, pages: Sequence[BatchPage], at: datetime) -> list[uuid.UUID]:
    runs = [
        ProcessingRun(batch_page_id=page.id, rerun_id=rerun.id, office_id=page.office_id, created_at=at)
        for page in pages
    ]
    session.add_all(runs)
    session.flush()
    return [run.id for run in runs]
