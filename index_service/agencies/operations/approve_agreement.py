"""Approve an agency's application to link."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Invalid
from access.principal import Principal
from domain.series import load_series, series_keys
from index_service.agencies.tables import Agreement

# 各機關申請提供戶籍資料及親等關聯資料辦法: an approval lasts five years.
LONGEST_YEARS = 5

Defect = dict[str, str]


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
        purposes=list(dict.fromkeys(purpose.strip() for purpose in purposes)),
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


def last_moment(valid_from: datetime) -> datetime:
    """Return the latest end of an agreement: five calendar years on; from 29 February, 1 March."""
    year = valid_from.year + LONGEST_YEARS
    try:
        return valid_from.replace(year=year)
    except ValueError:
        return valid_from.replace(year=year, month=3, day=1)


def _defect(field: str, zh: str, en: str) -> Defect:
    return {"field": field, "zh": zh, "en": en}


def _missing(legal_basis: str, purposes: Sequence[str], custodian: str) -> list[Defect]:
    named = bool(purposes) and all(purpose.strip() for purpose in purposes)
    given = {
        "legal_basis": (legal_basis.strip(), "請填寫法令依據。", "State the legal basis."),
        "purposes": (named, "請填寫每一項使用目的。", "State the purposes; none may be blank."),
        "custodian": (custodian.strip(), "請填寫保管人。", "Name the custodian."),
    }
    return [_defect(field, zh, en) for field, (value, zh, en) in given.items() if not value]


def _unknown_fields(fields: Mapping[str, Sequence[str]]) -> list[Defect]:
    if not any(fields.values()):
        return [_defect("fields", "請至少授權一類簿冊的一個欄位。", "Grant a field of a series at least.")]
    defects = []
    for series_key, keys in fields.items():
        if series_key not in series_keys():
            defects.append(_defect("fields", f"無此簿冊類別 {series_key}。", f"No series {series_key!r}."))
            continue
        known = {field.key for field in load_series(series_key).fields}
        defects += [
            _defect("fields", f"{series_key} 無此欄位 {key}。", f"{series_key} has no field {key!r}.")
            for key in keys
            if key not in known
        ]
    return defects


def _bad_term(valid_from: datetime, valid_until: datetime) -> list[Defect]:
    if valid_until <= valid_from:
        return [_defect("valid_until", "迄日須晚於起日。", "The end must be later than the beginning.")]
    if valid_until > last_moment(valid_from):
        return [_defect("valid_until", "協議最長五年。", "An agreement lasts five years at most.")]
    return []
