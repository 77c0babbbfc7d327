"""ETag and If-Match on every edit (RFC 9110 §13.1.1)."""

from access.http.problems import PreconditionNeeded, Stale

# Of the largest number a database row counts to.
_DIGITS = 18


def etag(row_version: int) -> str:
    """Return the strong entity tag of a row's version."""
    return f'"{row_version}"'


def check_if_match(header: str | None, row_version: int, **kept: object) -> None:
    """Refuse an edit that does not start from what stands now; `kept` goes back to the loser.

    Raises:
        PreconditionNeeded: the edit names no version.
        Stale: the row has moved on.
    """
    if header is None:
        raise PreconditionNeeded(
            "if_match_needed",
            "修改時須附上 If-Match，說明所依據的版本。",
            "An edit needs an If-Match header naming the version it starts from.",
        )
    if header.strip() not in {etag(row_version), "*"}:
        raise Stale(
            "stale",
            "此筆資料已由他人更新，您的內容未覆蓋任何資料，請比對後再送出。",
            "Somebody else changed this meanwhile. Nothing was overwritten: compare and send again.",
            current=etag(row_version),
            kept=kept,
        )


def version_named(header: str | None) -> int:
    """Return the row version that an edit says it starts from; the operation compares it under its lock.

    Raises:
        PreconditionNeeded: the edit names none, or something that is no entity tag of ours.
    """
    number = (header or "").strip().strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > _DIGITS:
        raise PreconditionNeeded(
            "if_match_needed",
            "修改時須附上 If-Match，說明所依據的版本。",
            "An edit needs an If-Match header naming the version it starts from.",
        )
    return int(number)
