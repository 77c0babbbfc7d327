"""Register a volume of an office."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Invalid
from access.principal import Principal
from domain.series import load_series, series_keys
from storage.catalogue.tables import Volume


def register_volume(
    session: Session,
    *,
    actor: Principal,
    office_id: uuid.UUID,
    series_key: str,
    designation: str,
    at: datetime,
    title: str = "",
    place: str = "",
    period: tuple[str, str] = ("", ""),
    expected_pages: int | None = None,
) -> Volume:
    """Register a volume under its 冊號; `expected_pages` None means that nobody counted, or nobody can.

    Raises:
        Invalid: the series is unknown, the 冊號 empty, the page count not positive, or one is given for a
            series whose volumes grow.
        Conflict: the office has such a volume already.
    """
    defects = [*_defects(series_key, designation, expected_pages)]
    if defects:
        raise Invalid("volume_invalid", "簿冊資料有誤。", "The volume is not right.", defects=defects)
    taken = select(Volume.id).filter_by(office_id=office_id, designation=designation.strip())
    if session.scalar(taken) is not None:
        raise Conflict(
            "volume_exists", f"冊號 {designation} 已登錄。", f"Volume {designation} is registered already."
        )
    volume = Volume(
        office_id=office_id,
        series_key=series_key,
        designation=designation.strip(),
        title=title,
        place=place,
        period_from=period[0],
        period_to=period[1],
        expected_pages=expected_pages,
        created_at=at,
    )
    session.add(volume)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="volume.registered",
        subject_kind="volume",
        subject_id=str(volume.id),
        facts={"series": series_key, "office": str(office_id)},
        at=at,
    )
    return volume


def _defects(series_key: str, designation: str, expected_pages: int | None) -> list[dict[str, str]]:
    defects = []
    if series_key not in series_keys():
        known = ", ".join(series_keys())
        defects.append(
            {
                "field": "series",
                "zh": f"無此簿冊類別；可用：{known}。",
                "en": f"No such series; there are {known}.",
            }
        )
    elif expected_pages is not None and load_series(series_key).open_ended:
        defects.append(
            {
                "field": "expected_pages",
                "zh": "此類簿冊持續增加，不設頁數；請勿填寫。",
                "en": "Volumes of this series are open-ended, so that they have no page count: leave it out.",
            }
        )
    if not designation.strip():
        defects.append(
            {"field": "designation", "zh": "請填寫冊號。", "en": "The volume's designation is needed."}
        )
    if expected_pages is not None and expected_pages < 1:
        defects.append({"field": "expected_pages", "zh": "頁數須為正整數。", "en": "Pages count from one."})
    return defects
