"""The server as a station sees it."""

from collections.abc import Iterator, Mapping
from typing import Any, Self
from urllib.parse import quote

import httpx

from ingest.station.errors import Answered, NotHuji
from ingest.station.patience import Patience, TryAgain
from ingest.station.sending.rate import Rate

_OURS = "/api/v1/ingest/"
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_SIGN_IN_TO_NETWORK = 511
_TIMES = httpx.Timeout(30.0, read=300.0, write=300.0)

Json = dict[str, Any]


_Wanted = Mapping[str, type]
_BATCH: _Wanted = {"id": str, "files": list}
_UPLOAD: _Wanted = {"id": str, "size": int, "missing": list}


class NotOurs(TryAgain):
    """The answer is not Huji's: what sits in the line gave another."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(f"HTTP {status}")

    def given_up(self) -> NotHuji:
        """Return what is told: most often a network that wants somebody to sign in."""
        return NotHuji(
            f"回覆的不是 Huji 伺服器({self}):連線可能被網路登入頁或代理伺服器攔下,或網址有誤。"
            "請開瀏覽器確認已登入網路,並核對 --server 網址;已掃描與已上傳的都不會遺失。",
            f"What answers is not Huji's server ({self}): a sign-in page or a proxy of the network, or the "
            "address is wrong. Open a browser, sign in to the network, and check --server. Nothing scanned "
            "or sent is lost.",
        )


class AddressExpired(Exception):
    """The store refused a part's address: ask for a fresh one."""


class StationApi:
    """Speaks to one server with one key; every call is repeatable and tries again while patience lasts."""

    def __init__(
        self,
        server: str,
        key: str,
        *,
        patience: Patience | None = None,
        rate: Rate | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Keep the server's address and the key; the key goes to no other server. `rate` paces sending."""
        headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
        base = server.rstrip("/")
        self._server = httpx.Client(base_url=base, headers=headers, timeout=_TIMES, transport=transport)
        self._store = httpx.Client(timeout=_TIMES, transport=transport)
        self._patience, self._rate = patience or Patience(), rate or Rate()

    def __enter__(self) -> Self:
        """Return the api; its connections close at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._server.close()
        self._store.close()

    def declare(self, manifest: Json, key: str) -> Json:
        """Declare a batch; raises Answered with every defect of the manifest."""
        return self._ask("POST", "batches", _BATCH, json=manifest, headers={"Idempotency-Key": key})

    def batch(self, batch: str) -> Json:
        """Return a batch as it stands."""
        return self._ask("GET", f"batches/{batch}", _BATCH)

    def orders(self) -> list[Json]:
        """Return the rescans ordered: request_id, volume, designation, view, note, on_its_way, what the
        fault is called in both languages."""
        return [order for page in self._pages("orders", {"orders": list}) for order in page["orders"]]

    def volume(self, designation: str) -> Json:
        """Return what the centre has of a volume: expected_pages, whether it is open_ended, in `have` each
        page's designation, and in `quality` the limits that its series sets for scans."""
        wanted = {"expected_pages": object, "have": list, "in_progress": list}
        pages = list(self._pages(f"volumes/{quote(designation, safe='')}", wanted))
        listed = [page for one in pages for page in (*one["have"], *one["in_progress"])]
        have = list(dict.fromkeys(str(page["designation"]) for page in listed))
        first = pages[0]
        return {
            "expected_pages": first["expected_pages"],
            # A centre older than the station does not tell these.
            "open_ended": first.get("open_ended", False),
            "quality": first.get("quality", {}),
            "have": have,
        }

    def begin(self, batch: str, ordinal: int) -> Json:
        """Begin or take up the upload of a file; raises Answered if it is finished or refused."""
        return self._ask("POST", f"batches/{batch}/files/{ordinal}/upload", _UPLOAD)

    def upload(self, upload: str) -> Json:
        """Return an upload with fresh addresses for its missing parts."""
        return self._ask("GET", f"uploads/{upload}", _UPLOAD)

    def complete(self, upload: str) -> Json:
        """Complete an upload; returns only once the server answers for the file."""
        return self._ask("POST", f"uploads/{upload}/complete", _UPLOAD)

    def put_part(self, address: Json, body: bytes) -> None:
        """Send one part where the server said; raises AddressExpired if that is refused there."""

        # Stated, or httpx would send it in chunks, which S3 refuses.
        length = {"Content-Length": str(len(body))}

        def send() -> None:
            path = httpx.URL(address["url"]).raw_path.decode()
            if path.startswith(_OURS):
                _judge(_sent(self._server, "PUT", path, content=self._rate.paced(body), headers=length))
                return
            headers = {**address["headers"], **length}
            answer = _sent(
                self._store, "PUT", address["url"], content=self._rate.paced(body), headers=headers
            )
            if answer.status_code in {401, 403, 404}:
                raise AddressExpired(f"{answer.status_code}")
            _judge(answer)

        self._patience.keep_trying(send)

    def _pages(self, path: str, wanted: _Wanted) -> Iterator[Json]:
        """Yield a list's answers, cursor by cursor."""
        answer = self._ask("GET", path, wanted)
        yield answer
        while answer.get("next"):
            answer = self._ask("GET", f"{path}?cursor={quote(answer['next'], safe='')}", wanted)
            yield answer

    def _ask(
        self,
        method: str,
        path: str,
        wanted: _Wanted,
        *,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        def ask() -> Json:
            answer = _judge(_sent(self._server, method, _OURS + path, json=json, headers=headers))
            return _document(answer, wanted)

        return self._patience.keep_trying(ask)


def _sent(client: httpx.Client, method: str, url: str, **more: Any) -> httpx.Response:
    try:
        return client.request(method, url, **more)
    except httpx.TransportError as error:
        raise TryAgain(type(error).__name__) from error


def _document(answer: httpx.Response, wanted: _Wanted) -> Json:
    """Return the answer's document if it has what is wanted of it; of a list every item is an object."""
    try:
        found = answer.json()
    except (ValueError, RecursionError) as error:
        raise NotOurs(answer.status_code) from error
    if not isinstance(found, dict) or not all(_fits(found, name, kind) for name, kind in wanted.items()):
        raise NotOurs(answer.status_code)
    return found


def _fits(found: Json, name: str, kind: type) -> bool:
    if name not in found or not isinstance(found[name], kind):
        return False
    return not isinstance(found[name], list) or all(isinstance(item, dict) for item in found[name])


def _judge(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    if answer.is_redirect or answer.status_code == _SIGN_IN_TO_NETWORK:
        raise NotOurs(answer.status_code)
    if answer.status_code in _PASSING:
        raise TryAgain(f"HTTP {answer.status_code}", _asked_wait(answer))
    try:
        document = answer.json()
    except ValueError:
        document = {}
    raise Answered(answer.status_code, document if isinstance(document, dict) else {})


def _asked_wait(answer: httpx.Response) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), 120.0) if asked.isdecimal() else 0.0
