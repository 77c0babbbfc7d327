"""The whole policy on one page: which role may do what. What is not written here is denied.

A permission opens a door; rows behind it are scoped to the principal's own organisation, and the
workflow's guards (domain.workflow) still judge each single act.
"""

from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType

from domain.roles import Role


class Permission(StrEnum):
    """One kind of act. Every route declares exactly one."""

    PUBLIC = "public"
    SELF = "self"
    STATION_ENROL = "station.enrol"
    BATCH_DECLARE = "batch.declare"
    BATCH_UPLOAD = "batch.upload"
    BATCH_VIEW = "batch.view"
    BATCH_RETRY = "batch.retry"
    VOLUME_VIEW = "volume.view"
    VOLUME_MANAGE = "volume.manage"
    REQUEST_VIEW = "request.view"
    REQUEST_DRAFT = "request.draft"
    REQUEST_SUBMIT = "request.submit"
    REQUEST_ACCEPT = "request.accept"
    REQUEST_MAINTAIN = "request.maintain"
    REQUEST_CONFIRM = "request.confirm"
    REQUEST_PUBLISH = "request.publish"
    REQUEST_CANCEL = "request.cancel"
    CHANGE_VIEW = "change.view"
    CHANGE_EDIT = "change.edit"
    EDITION_VIEW = "edition.view"
    EDITION_REVERSE = "edition.reverse"
    HOLD_PROPOSE = "hold.propose"
    HOLD_APPROVE = "hold.approve"
    LOOKUP_OPEN_CASE = "lookup.open_case"
    LOOKUP_SEARCH = "lookup.search"
    LOOKUP_IMAGE = "lookup.image"
    DISCLOSURE_VIEW = "disclosure.view"
    NOTICE_VIEW = "notice.view"
    FIGURES_VIEW = "figures.view"
    AUDIT_VIEW = "audit.view"
    AUDIT_VERIFY = "audit.verify"
    ACCOUNT_MANAGE = "account.manage"
    KEY_MANAGE = "key.manage"
    AGREEMENT_MANAGE = "agreement.manage"


_P, _R = Permission, Role
_OFFICE = {_R.OFFICE_CLERK, _R.OFFICE_SUPERVISOR}
_MINISTRY = {_R.MINISTRY_CLERK, _R.OPERATOR, _R.PUBLISHER}
_AGENCY = {_R.AGENCY_USER, _R.AGENCY_MANAGER}
_EVERYONE = frozenset(Role)

POLICY: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        _P.PUBLIC: _EVERYONE,
        _P.SELF: _EVERYONE - {_R.SYSTEM},
        _P.STATION_ENROL: frozenset({_R.ADMIN}),
        _P.BATCH_DECLARE: frozenset({_R.STATION}),
        _P.BATCH_UPLOAD: frozenset({_R.STATION}),
        _P.BATCH_VIEW: frozenset({_R.STATION, *_OFFICE, _R.MINISTRY_CLERK, _R.OPERATOR, _R.ADMIN}),
        _P.BATCH_RETRY: frozenset({_R.STATION, _R.OPERATOR, _R.ADMIN}),
        _P.VOLUME_VIEW: frozenset({_R.STATION, *_OFFICE, *_MINISTRY, _R.AUDITOR, _R.ADMIN}),
        _P.VOLUME_MANAGE: frozenset({_R.MINISTRY_CLERK, _R.ADMIN}),
        _P.REQUEST_VIEW: frozenset({*_OFFICE, *_MINISTRY, _R.AUDITOR}),
        _P.REQUEST_DRAFT: frozenset(_OFFICE),
        _P.REQUEST_SUBMIT: frozenset(_OFFICE),
        _P.REQUEST_ACCEPT: frozenset({_R.MINISTRY_CLERK}),
        _P.REQUEST_MAINTAIN: frozenset({_R.OPERATOR}),
        _P.REQUEST_CONFIRM: frozenset(_OFFICE),
        _P.REQUEST_PUBLISH: frozenset({_R.PUBLISHER}),
        _P.REQUEST_CANCEL: frozenset({_R.MINISTRY_CLERK}),
        _P.CHANGE_VIEW: frozenset({*_OFFICE, *_MINISTRY, _R.AUDITOR}),
        _P.CHANGE_EDIT: frozenset({_R.OPERATOR}),
        _P.EDITION_VIEW: frozenset({*_OFFICE, *_MINISTRY, _R.AUDITOR}),
        _P.EDITION_REVERSE: frozenset({_R.MINISTRY_CLERK}),
        _P.HOLD_PROPOSE: frozenset({_R.OFFICE_SUPERVISOR, _R.MINISTRY_CLERK, _R.PUBLISHER}),
        _P.HOLD_APPROVE: frozenset({_R.MINISTRY_CLERK, _R.PUBLISHER}),
        _P.LOOKUP_OPEN_CASE: frozenset({*_AGENCY, *_OFFICE}),
        _P.LOOKUP_SEARCH: frozenset({*_AGENCY, *_OFFICE}),
        _P.LOOKUP_IMAGE: frozenset({*_AGENCY, *_OFFICE}),
        _P.DISCLOSURE_VIEW: frozenset({_R.AGENCY_MANAGER, _R.OFFICE_SUPERVISOR, _R.AUDITOR}),
        _P.NOTICE_VIEW: frozenset({*_OFFICE, *_MINISTRY, *_AGENCY}),
        _P.FIGURES_VIEW: frozenset({*_OFFICE, *_MINISTRY, _R.LOCAL_GOVERNMENT, _R.AUDITOR}),
        _P.AUDIT_VIEW: frozenset({_R.AUDITOR}),
        _P.AUDIT_VERIFY: frozenset({_R.AUDITOR, _R.ADMIN}),
        _P.ACCOUNT_MANAGE: frozenset({_R.ADMIN}),
        _P.KEY_MANAGE: frozenset({_R.ADMIN}),
        _P.AGREEMENT_MANAGE: frozenset({_R.MINISTRY_CLERK, _R.ADMIN}),
    }
)


def allows(roles: Set[Role], permission: Permission) -> bool:
    """Tell whether one of these roles is granted the permission; an unknown one is denied."""
    return bool(POLICY.get(permission, frozenset()) & roles)
