"""Send one file, from wherever it was left."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ingest.station.api import AddressExpired, Json, StationApi
from ingest.station.errors import Answered, StationError

_MOST_ROUNDS = 5
_ENDS = {"file_finished": "stored", "file_refused": "refused"}
_AGAIN = {"parts_missing", "upload_over", "content_differs"}


class Unreadable(StationError):
    """The file to be sent is gone, cannot be read, or is shorter than declared."""


class _Reach:
    """Tells of bytes once each, however often they are sent."""

    def __init__(self, sent: Callable[[int], None]) -> None:
        self._sent, self._best = sent, 0

    def __call__(self, held: int) -> None:
        self._sent(max(0, held - self._best))
        self._best = max(held, self._best)


def _at_any_hour() -> None:
    """Let every part go at once."""


def upload_file(
    api: StationApi,
    batch: str,
    ordinal: int,
    path: Path,
    sent: Callable[[int], None],
    before_part: Callable[[], None] = _at_any_hour,
) -> str:
    """Send a file of a batch; returns `stored` once it is acknowledged, or `refused`.

    `sent` is told how many bytes came to be there. `before_part` is called before each part and may raise to
    stop there: what arrived stays, and the same call goes on with the parts that are missing.
    Raises:
        Unreadable: the file on disk cannot be read.
        StationError: it is not the one declared, or the server will not have it.
    """
    reach = _Reach(sent)
    for _ in range(_MOST_ROUNDS):
        try:
            upload = api.begin(batch, ordinal)
            _send_missing(api, upload, path, reach, before_part)
            api.complete(upload["id"])
        except Answered as answer:
            if answer.code in _ENDS:
                return _ENDS[answer.code]
            if answer.code not in _AGAIN:
                raise
        else:
            return "stored"
    raise StationError(
        f"檔案 {path.name} 多次上傳後內容仍與清單不符;檔案是否在上傳期間被更動?",
        f"{path.name} arrived other than declared time and again; was it changed during the upload?",
    )


def _send_missing(
    api: StationApi, upload: Json, path: Path, reach: _Reach, before_part: Callable[[], None]
) -> None:
    expired = 0
    with _opened(path) as file:
        while upload["missing"]:
            reach(upload["size"] - sum(part["size"] for part in upload["missing"]))
            part = upload["missing"][0]
            before_part()
            try:
                api.put_part(part, _read(file, part, path.name))
            except AddressExpired as error:
                expired += 1
                if expired > _MOST_ROUNDS:
                    raise _store_refuses() from error
                upload = api.upload(upload["id"])
            else:
                upload["missing"].pop(0)
    reach(upload["size"])


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path.name, error) from error


def _read(file: BinaryIO, part: Json, name: str) -> bytes:
    try:
        file.seek(part["offset"])
        body = file.read(part["size"])
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(body) != part["size"]:
        raise Unreadable(f"檔案 {name} 比清單所列短。", f"{name} is shorter than declared.")
    return body


def _unreadable(name: str, error: OSError) -> Unreadable:
    return Unreadable(f"檔案 {name} 無法讀取:{error.strerror}", f"{name} cannot be read: {error.strerror}")


def _store_refuses() -> StationError:
    return StationError(
        "儲存服務拒絕分段上傳,請洽管理者。", "The object store refuses parts; ask the administrator."
    )
