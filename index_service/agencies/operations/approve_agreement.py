"""Approve an agency's application to link."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Invalid
from access.principal import Principal
from domain.series import load_series, series_keys
from index_service.agencies.tables import Agreement

# 各機關申請提供戶籍資料及親等關聯資料辦法: an approval lasts five years.
LONGEST = timedelta(days=5 * 366)


def approve_agreement(
    session: Session,
    *,
    actor: Principal,
    agency_id: uuid.UUID,
    legal_basis: str,
    purposes: Sequence[str],
    fields: Mapping[str, Sequence[str]],
    custodian: str,
    valid_from: datetime,
    valid_until: datetime,
    at: datetime,
    office_codes: Sequence[str] | None = None,
    whole_pages: bool = False,
) -> Agreement:
    """Record what an agency may look up: which fields of which series, for which purposes, until when.

    Raises:
        Invalid: listing every defect.
    """
    defects = [
        *_missing(legal_basis, purposes, custodian),
        *_unknown_fields(fields),
        *_bad_term(valid_from, valid_until),
    ]
    if defects:
        raise Invalid("agreement_invalid", "連結協議有誤。", "The agreement is not right.", defects=defects)
    agreement = Agreement(
        agency_id=agency_id,
        legal_basis=legal_basis,
        purposes=list(purposes),
        fields={series: sorted(keys) for series, keys in fields.items()},
        office_codes=list(office_codes) if office_codes is not None else None,
        whole_pages=whole_pages,
        custodian=custodian,
        valid_from=valid_from,
        valid_until=valid_until,
        created_at=at,
    )
    session.add(agreement)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="agreement.approved",
        subject_kind="agreement",
        subject_id=str(agreement.id),
        facts={"agency": str(agency_id), "fields": agreement.fields, "whole_pages": whole_pages},
        at=at,
    )
    return agreement


def _missing(legal_basis: str, purposes: Sequence[str], custodian: str) -> list[str]:
    given = {"legal_basis": legal_basis.strip(), "purposes": list(purposes), "custodian": custodian.strip()}
    return [f"{name} is needed" for name, value in given.items() if not value]


def _unknown_fields(fields: Mapping[str, Sequence[str]]) -> list[str]:
    if not fields:
        return ["fields: name at least one series and its fields"]
    defects = []
    for series_key, keys in fields.items():
        if series_key not in series_keys():
            defects.append(f"fields: no series {series_key!r}")
            continue
        known = {field.key for field in load_series(series_key).fields}
        defects += [f"fields: series {series_key} has no field {key!r}" for key in keys if key not in known]
    return defects


def _bad_term(valid_from: datetime, valid_until: datetime) -> list[str]:
    if valid_until <= valid_from:
        return ["valid_until must be later than valid_from"]
    if valid_until - valid_from > LONGEST:
        return ["an agreement lasts five years at most"]
    return []
