"""The roles a person, a machine or the system itself may act in."""

from enum import StrEnum


class Role(StrEnum):
    """Who acts; `system` is the software acting on its own, never a person."""

    STATION = "station"
    OFFICE_CLERK = "office_clerk"
    OFFICE_SUPERVISOR = "office_supervisor"
    MINISTRY_CLERK = "ministry_clerk"
    OPERATOR = "operator"
    PUBLISHER = "publisher"
    AGENCY_USER = "agency_user"
    AGENCY_MANAGER = "agency_manager"
    LOCAL_GOVERNMENT = "local_government"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


OFFICE_ROLES = frozenset({Role.OFFICE_CLERK, Role.OFFICE_SUPERVISOR})
MINISTRY_ROLES = frozenset({Role.MINISTRY_CLERK})
