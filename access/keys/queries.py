"""Finding who holds an API key."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.queries import principal_of_account
from access.accounts.tables import Account
from access.keys.tables import ApiKey
from access.principal import Principal
from access.sessions.tokens import hash_token
from domain.roles import Role
from storage.organisations.tables import Station


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Who holds a key, and when the key was last noted as used."""

    principal: Principal
    key_id: uuid.UUID
    last_used_at: datetime | None


def find_key(session: Session, *, key: str) -> KeyHolder | None:
    """Return the station or the agency's person behind an unrevoked key, with the key's row."""
    found = session.scalar(
        select(ApiKey).where(ApiKey.key_sha256 == hash_token(key), ApiKey.revoked_at.is_(None))
    )
    if found is None:
        return None
    principal = _station(session, found) if found.station_id else _agency(session, found)
    return None if principal is None else KeyHolder(principal, found.id, found.last_used_at)


def find_key_holder(session: Session, *, key: str) -> Principal | None:
    """Return the station or the agency's person behind an unrevoked key."""
    found = find_key(session, key=key)
    return None if found is None else found.principal


def _station(session: Session, key: ApiKey) -> Principal | None:
    station = session.get_one(Station, key.station_id)
    if station.withdrawn_at is not None:
        return None
    return Principal(
        kind="station",
        name=station.name,
        roles=frozenset({Role.STATION}),
        office_id=station.office_id,
        station_id=station.id,
    )


def _agency(session: Session, key: ApiKey) -> Principal | None:
    account = session.get_one(Account, key.account_id)
    if account.disabled_at is not None or account.agency_id != key.agency_id:
        return None
    return principal_of_account(session, account)
