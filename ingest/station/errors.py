"""What a station's crew is told when an upload cannot go on."""

from collections.abc import Sequence
from typing import Any


class StationError(Exception):
    """The upload cannot go on until somebody does something; the message says what, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both texts."""
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en


class ServerAway(StationError):
    """The server did not answer for as long as patience lasts; run the same command again later."""


class NotHuji(ServerAway):
    """Somebody else answered: a network's sign-in page, a proxy, another server; the message says so."""


class Answered(StationError):
    """The server refused, and said why: the members of its problem document."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        """Keep the problem document."""
        zh = str(document.get("title") or f"伺服器回覆 {status}")
        en = str(document.get("detail") or f"the server answered {status}")
        lines = [f"  {defect_text(defect)}" for defect in document.get("defects", [])]
        super().__init__("\n".join([zh, *lines]), en)
        self.status = status
        self.code = str(document.get("code", ""))
        self.document = document

    @property
    def declines(self) -> bool:
        """Return whether this is the centre's own word that it took nothing of what it was sent.

        A key it does not know (401), or whoever else sits in the line, says nothing of what came before.
        """
        return bool(self.code) and self.status in {400, 404, 413, 422}


def defect_text(defect: dict[str, Any]) -> str:
    """Return one defect of a manifest on one line."""
    where = defect.get("where") or defect.get("field") or ""
    return f"{where}: {defect.get('zh', '')} {defect.get('en', '')}".strip()


def listed(names: Sequence[str], most: int = 10) -> str:
    """Return names for a message, the first few of many."""
    rest = f" … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
