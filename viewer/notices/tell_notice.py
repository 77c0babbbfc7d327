"""What a notice says on screen."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from access.permissions import Permission
from access.principal import Principal
from domain.workflow import Action, State, label_of
from index_service.notices.tables import Notice


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice in words, and where it leads."""

    id: uuid.UUID
    zh: str
    en: str
    href: str
    grave: bool
    created_at: datetime
    read_at: datetime | None


def tell_notice(notice: Notice, actor: Principal) -> ToldNotice:
    """Put a notice into words; it names requests and editions, never a person's data."""
    zh, en = _words(notice)
    return ToldNotice(
        id=notice.id,
        zh=zh,
        en=en,
        href=_where(notice, actor),
        grave=notice.kind == "shown_since_changed",
        created_at=notice.created_at,
        read_at=notice.read_at,
    )


def _words(notice: Notice) -> tuple[str, str]:
    details = notice.details
    if notice.kind == "shown_since_changed":
        edition, receipt = details.get("edition"), details.get("receipt")
        about = f"（收據 {receipt}）" if receipt else ""
        return (
            f"貴機關查得的資料已於第 {edition} 版更正{about}，請重新查詢並停止使用舊資料（個資法第 11 條）。",
            f"What you were shown was corrected in edition {edition}: look again, stop using the old.",
        )
    family, _, action = notice.kind.partition(".")
    if family == "request" and action in set(Action):
        number, label = details.get("number", ""), label_of(Action(action))
        state = label_of(State(details["to"])) if details.get("to") in set(State) else None
        zh, en = (f"，目前為「{state.zh}」", f", now {state.en}") if state else ("", "")
        return f"{number} 號案：{label.zh}{zh}。", f"Request {number}: {label.en}{en}."
    return notice.kind, ""


def _where(notice: Notice, actor: Principal) -> str:
    if notice.request_id is None or actor.agency_id is not None:
        return ""
    for permission, room in (
        (Permission.REQUEST_ACCEPT, "inbox"),
        (Permission.REQUEST_MAINTAIN, "work"),
        (Permission.REQUEST_VIEW, "requests"),
    ):
        if actor.may(permission):
            return f"/{room}/{notice.request_id}"
    return ""
