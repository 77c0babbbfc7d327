"""Enrol a scanning station and give it its key."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.keys.operations.issue_key import issue_key
from access.principal import Principal
from storage.organisations.tables import Office, Station


def enrol_station(
    session: Session, *, actor: Principal, office: Office, code: str, name: str, at: datetime
) -> tuple[Station, str]:
    """Enrol a station at an office and return it with its key, which is shown this once.

    Raises:
        Conflict: the code is taken.
    """
    if session.scalar(select(Station.id).filter_by(code=code)) is not None:
        raise Conflict("station_exists", f"掃描站代碼 {code} 已存在。", f"There is a station {code} already.")
    station = Station(office_id=office.id, code=code, name=name, enrolled_at=at)
    session.add(station)
    session.flush()
    _, key = issue_key(session, actor=actor, station_id=station.id, label=code, at=at)
    record_event(
        session,
        actor=actor,
        action="station.enrolled",
        subject_kind="station",
        subject_id=str(station.id),
        facts={"code": code, "office": str(office.id)},
        at=at,
    )
    return station, key
