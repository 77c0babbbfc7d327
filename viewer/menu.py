"""What each party finds in the menu: a link shows where the policy opens its door."""

from dataclasses import dataclass

from access.permissions import Permission
from access.principal import Principal
from domain.workflow import label_of


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link, shown to those who hold its permission."""

    href: str
    zh: str
    en: str
    permission: Permission


# The first one a party may follow is its home page.
MENU = (
    MenuItem("/inbox", "收件匣", "Inbox", Permission.REQUEST_ACCEPT),
    MenuItem("/maintenance", "維護工作", "My work", Permission.REQUEST_MAINTAIN),
    MenuItem("/publication", "待發布", "To publish", Permission.REQUEST_PUBLISH),
    MenuItem("/requests", "申請", "Requests", Permission.REQUEST_DRAFT),
    MenuItem("/cases", "查詢", "Look up", Permission.LOOKUP_OPEN_CASE),
    MenuItem("/batches", "批次", "Batches", Permission.BATCH_VIEW),
    MenuItem("/editions", "版次", "Editions", Permission.EDITION_VIEW),
    MenuItem("/notices", "通知", "Notices", Permission.NOTICE_VIEW),
)


def menu_of(principal: Principal) -> list[MenuItem]:
    """Return the links this party may follow, in menu order."""
    return [item for item in MENU if principal.may(item.permission)]


def role_labels(principal: Principal) -> list[str]:
    """Return the labels of the party's roles."""
    return [label_of(role).zh for role in sorted(principal.roles)]
