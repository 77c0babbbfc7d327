"""What each party finds in the menu: a link shows where the policy opens its door."""

from dataclasses import dataclass

from access.permissions import Permission
from access.principal import Principal
from domain.roles import Role


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link, shown to those who hold its permission."""

    href: str
    zh: str
    en: str
    permission: Permission


MENU = (
    MenuItem("/batches", "批次", "Batches", Permission.BATCH_VIEW),
    MenuItem("/work", "維護工作", "My work", Permission.REQUEST_MAINTAIN),
    MenuItem("/requests", "申請", "Requests", Permission.REQUEST_DRAFT),
    MenuItem("/inbox", "收件匣", "Inbox", Permission.REQUEST_ACCEPT),
    MenuItem("/publication", "待發布", "To publish", Permission.REQUEST_PUBLISH),
    MenuItem("/cases", "查詢", "Look up", Permission.LOOKUP_OPEN_CASE),
    MenuItem("/notices", "通知", "Notices", Permission.NOTICE_VIEW),
)

ROLE_LABELS = {
    Role.STATION: "掃描站",
    Role.OFFICE_CLERK: "承辦人",
    Role.OFFICE_SUPERVISOR: "課長",
    Role.MINISTRY_CLERK: "內政部承辦",
    Role.OPERATOR: "維護人員",
    Role.PUBLISHER: "發布人員",
    Role.AGENCY_USER: "連結機關",
    Role.AGENCY_MANAGER: "機關管理者",
    Role.LOCAL_GOVERNMENT: "地方政府",
    Role.AUDITOR: "稽核",
    Role.ADMIN: "系統管理",
    Role.SYSTEM: "系統",
}


def menu_of(principal: Principal) -> list[MenuItem]:
    """Return the links this party may follow, in menu order."""
    return [item for item in MENU if principal.may(item.permission)]


def role_labels(principal: Principal) -> list[str]:
    """Return the labels of the party's roles."""
    return [ROLE_LABELS[role] for role in sorted(principal.roles)]
