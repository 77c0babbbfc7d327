"""Who is acting: a signed-in person, a station's or agency's key, or the system itself."""

import uuid
from dataclasses import dataclass
from typing import Literal

from access.permissions import Permission, allows
from domain.roles import Role

# These see every office's rows; all others see their own organisation's alone.
SEES_EVERY_OFFICE = frozenset(
    {Role.MINISTRY_CLERK, Role.OPERATOR, Role.PUBLISHER, Role.AUDITOR, Role.ADMIN, Role.SYSTEM}
)


@dataclass(frozen=True, slots=True)
class Principal:
    """The acting party, its roles, and the organisation it acts for."""

    kind: Literal["account", "station", "agency", "system"]
    name: str
    roles: frozenset[Role]
    account_id: uuid.UUID | None = None
    office_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    station_id: uuid.UUID | None = None
    local_government_id: uuid.UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether the policy grants this to one of the principal's roles."""
        return allows(self.roles, permission)

    @property
    def sees_every_office(self) -> bool:
        """Tell whether rows of every office are in this principal's sight."""
        return bool(self.roles & SEES_EVERY_OFFICE)

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """Return the office, agency or local government acted for, if any."""
        return self.office_id or self.agency_id or self.local_government_id


SYSTEM = Principal(kind="system", name="系統 System", roles=frozenset({Role.SYSTEM}))
