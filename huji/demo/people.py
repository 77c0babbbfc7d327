"""The demo's organisations and people, set up through the same operations as huji admin's."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from access.accounts.operations.create_account import create_account
from access.keys.operations.issue_key import issue_key
from access.organisations.operations.add_agency import add_agency
from access.organisations.operations.add_office import add_office
from access.organisations.operations.enrol_station import enrol_station
from access.principal import SYSTEM
from domain.roles import Role
from domain.series import load_series
from huji.wiring import House
from index_service.agencies.operations.approve_agreement import approve_agreement
from index_service.volumes.operations.register_volume import register_volume

SERIES = "colonial_register"
VOLUME = "艋舺-0001"
PURPOSE = "遺產稅查核"

_PEOPLE = (
    (Role.STATION, "station", "掃描站 林站員"),
    (Role.OFFICE_CLERK, "clerk", "承辦人 王小明"),
    (Role.OFFICE_SUPERVISOR, "supervisor", "課長 陳美玲"),
    (Role.MINISTRY_CLERK, "ministry", "內政部 張承辦"),
    (Role.OPERATOR, "operator", "維護人員 李維護"),
    (Role.PUBLISHER, "publisher", "發布人員 周發布"),
    (Role.AGENCY_USER, "agency", "國稅局 黃查核"),
    (Role.AUDITOR, "auditor", "稽核 吳稽核"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One demo account."""

    role: str
    user: str
    password: str
    account_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the demo, by user name, with the station's and the agency's key."""

    by_user: dict[str, Person]
    station_key: str
    agency_key: str
    volume: str


def set_up(house: House) -> People:
    """Add an office, an agency with an agreement, a station, a volume, and one account a role."""
    at = house.now()
    with house.database.writing() as session:
        office = add_office(session, actor=SYSTEM, code="63000070", name="臺北市萬華區戶政事務所", at=at)
        agency = add_agency(session, actor=SYSTEM, code="TAX01", name="財政部臺北國稅局", at=at)
        station, station_key = enrol_station(
            session, actor=SYSTEM, office=office, code="S-01", name="萬華掃描站", at=at
        )
        register_volume(
            session,
            actor=SYSTEM,
            office_id=office.id,
            series_key=SERIES,
            designation=VOLUME,
            title="日據時期戶口調查簿",
            at=at,
        )
        organisations = {"office_id": office.id, "agency_id": agency.id, "station_id": station.id}
        people = {user: _person(session, house, *row, organisations) for row in _PEOPLE for user in [row[1]]}
        _agree(session, house, agency.id)
        _, agency_key = issue_key(
            session, actor=SYSTEM, agency_id=agency.id, account_id=people["agency"].account_id, at=at
        )
    return People(people, station_key, agency_key, VOLUME)


def _person(
    session: Session, house: House, role: Role, user: str, name: str, organisations: dict[str, uuid.UUID]
) -> Person:
    needs = {
        Role.STATION: "station_id",
        Role.OFFICE_CLERK: "office_id",
        Role.OFFICE_SUPERVISOR: "office_id",
        Role.AGENCY_USER: "agency_id",
    }
    own = {key: organisations[key] for key in [needs.get(role)] if key}
    if role is Role.STATION:
        own["office_id"] = organisations["office_id"]
    password = secrets.token_urlsafe(12)
    account = create_account(
        session,
        actor=SYSTEM,
        username=user,
        display_name=name,
        password=password,
        roles=[role],
        at=house.now(),
        **own,
    )
    return Person(str(role), user, password, account.id)


def _agree(session: Session, house: House, agency_id: uuid.UUID) -> None:
    unmasked = [field.key for field in load_series(SERIES).fields if not field.masked]
    approve_agreement(
        session,
        actor=SYSTEM,
        agency_id=agency_id,
        legal_basis="遺產及贈與稅法第三十條",
        purposes=[PURPOSE],
        fields={SERIES: unmasked},
        custodian="保管人 鄭保管",
        valid_from=house.now(),
        valid_until=house.now() + timedelta(days=5 * 365),
        at=house.now(),
    )
