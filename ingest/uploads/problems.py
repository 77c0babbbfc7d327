"""What a station can do wrong in an upload, in its words."""

from access.http.problems import Conflict, Invalid, Problem
from storage.intake.tables import BatchFile


def file_finished(file: BatchFile) -> Problem:
    """Refuse to touch a file that is stored: its master is never overwritten."""
    return Conflict(
        "file_finished",
        f"檔案 {file.name} 已完成上傳並驗證,母檔不會被覆寫。",
        f"{file.name} is stored and verified already; its master is never overwritten.",
    )


def file_refused(file: BatchFile) -> Problem:
    """Tell again why a file was refused; the same bytes would be refused again."""
    reason = file.refusal or {"code": "refused", "zh": "", "en": ""}
    return Invalid(
        "file_refused",
        f"檔案 {file.name} 不能使用:{reason['zh']}",
        f"{file.name} cannot be used: {reason['en']}",
        reason=reason,
    )


class PartsMissing(Conflict):
    """Some parts of an upload are not there."""


def parts_missing(file: BatchFile, numbers: list[int]) -> PartsMissing:
    """Say which parts are still to come."""
    return PartsMissing(
        "parts_missing",
        f"檔案 {file.name} 尚缺 {len(numbers)} 個分段,請續傳。",
        f"{file.name} still lacks {len(numbers)} parts: send them, then complete again.",
        parts=numbers,
    )


def content_differs(file: BatchFile) -> Problem:
    """Say that what arrived is not what was declared; it may be sent again."""
    return Invalid(
        "content_differs",
        f"檔案 {file.name} 收到的內容與清單的 SHA-256 不符,未予儲存;請重新上傳此檔案。",
        f"What arrived of {file.name} has not the SHA-256 the manifest declares. "
        "Nothing was stored: upload the file again.",
    )


def upload_over(file: BatchFile) -> Problem:
    """Say that this upload came to nothing; another may be begun."""
    return Conflict(
        "upload_over",
        f"檔案 {file.name} 的這次上傳已作廢,請重新開始上傳。",
        f"This upload of {file.name} is void: begin another.",
    )


def wrong_part(number: int, expected: int | None) -> Problem:
    """Say which size a part must have, or that the file has no such part."""
    if expected is None:
        return Invalid("no_such_part", f"此檔案沒有第 {number} 段。", f"The file has no part {number}.")
    return Invalid(
        "part_size",
        f"第 {number} 段須恰為 {expected} 位元組。",
        f"Part {number} must be exactly {expected} bytes.",
        size=expected,
    )
