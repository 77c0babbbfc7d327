"""The policy: total, deny by default, duties kept apart."""

import pytest

from access.permissions import POLICY, Permission, allows
from domain.roles import Role


def test_every_permission_stands_in_the_policy() -> None:
    assert set(POLICY) == set(Permission)


def test_what_is_not_granted_is_denied() -> None:
    assert not allows(frozenset(), Permission.SELF)
    assert not allows({Role.STATION}, Permission.LOOKUP_SEARCH)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Permission.REQUEST_MAINTAIN, Permission.REQUEST_CONFIRM),
        (Permission.REQUEST_CONFIRM, Permission.REQUEST_PUBLISH),
        (Permission.REQUEST_MAINTAIN, Permission.REQUEST_PUBLISH),
        (Permission.CHANGE_EDIT, Permission.REQUEST_CONFIRM),
        (Permission.BATCH_UPLOAD, Permission.REQUEST_CONFIRM),
        (Permission.AUDIT_VIEW, Permission.ACCOUNT_MANAGE),
        (Permission.LOOKUP_SEARCH, Permission.CHANGE_EDIT),
    ],
)
def test_no_single_role_holds_two_duties_that_check_each_other(one: Permission, other: Permission) -> None:
    assert not POLICY[one] & POLICY[other]


def test_an_agency_may_look_and_nothing_else_that_touches_registers() -> None:
    granted = {permission for permission, roles in POLICY.items() if Role.AGENCY_USER in roles}
    assert granted == {
        Permission.PUBLIC,
        Permission.SELF,
        Permission.LOOKUP_OPEN_CASE,
        Permission.LOOKUP_SEARCH,
        Permission.LOOKUP_IMAGE,
        Permission.NOTICE_VIEW,
    }
