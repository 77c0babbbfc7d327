"""Talking to the demo's site as one of its users would: signed in, over HTTP."""

import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx

from huji.demo.people import People

PATIENCE = httpx.Timeout(60.0)


class DemoFailed(RuntimeError):
    """A step of the demo did not go as it should; the message is what the user would have read."""


class Visitor:
    """One signed-in user, or the holder of a key."""

    def __init__(self, client: httpx.Client) -> None:
        """Keep the client, which carries the cookie or the key."""
        self._client = client

    def get(self, path: str, **query: Any) -> Any:
        """Return what an API address answers."""
        return self._answer(self._client.get(f"/api/v1{path}", params=query))

    def post(self, path: str, body: dict[str, Any] | None = None, version: int | None = None) -> Any:
        """Post, as an edit of `version` if one is given, and return the answer."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._answer(self._client.post(f"/api/v1{path}", json=body or {}, headers=headers))

    def patch(self, path: str, body: dict[str, Any], version: int) -> Any:
        """Edit what stands at `version`."""
        return self._answer(
            self._client.patch(f"/api/v1{path}", json=body, headers={"If-Match": f'"{version}"'})
        )

    def delete(self, path: str, version: int) -> None:
        """Remove what stands at `version`."""
        self._answer(self._client.delete(f"/api/v1{path}", headers={"If-Match": f'"{version}"'}))

    def picture(self, path: str, **query: Any) -> bytes:
        """Return the image an address serves."""
        response = self._client.get(f"/api/v1{path}", params=query)
        self._check(response)
        return response.content

    def _answer(self, response: httpx.Response) -> Any:
        self._check(response)
        if not response.content:
            return None
        kind = response.headers.get("content-type", "")
        return response.json() if kind.startswith("application/json") else response.content

    def _check(self, response: httpx.Response) -> None:
        if response.is_success:
            return
        problem = response.json() if "json" in response.headers.get("content-type", "") else {}
        told = f"{problem.get('title', '')} {problem.get('detail', '')}".strip()
        where = f"{response.request.method} {response.request.url.path}"
        raise DemoFailed(f"{where} answered {response.status_code}: {told}")


class Site:
    """Everybody's visits to one site."""

    def __init__(self, address: str, people: People, stack: ExitStack) -> None:
        """Keep the address and who may sign in; clients are closed with the stack."""
        self.address = address
        self._people = people
        self._stack = stack
        self._visitors: dict[str, Visitor] = {}

    def as_user(self, user: str) -> Visitor:
        """Return a user's visit, signing in the first time."""
        if user not in self._visitors:
            client = self._client({"Origin": self.address})
            person = self._people.by_user[user]
            signed = client.post("/sign-in", data={"username": user, "password": person.password})
            if signed.status_code != httpx.codes.SEE_OTHER:
                raise DemoFailed(f"{user} could not sign in: {signed.status_code}")
            self._visitors[user] = Visitor(client)
        return self._visitors[user]

    def with_key(self, key: str) -> Visitor:
        """Return the visit of a program that holds a key."""
        return Visitor(self._client({"Authorization": f"Bearer {key}"}))

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        client = httpx.Client(base_url=self.address, headers=headers, timeout=PATIENCE)
        return self._stack.enter_context(client)


@contextmanager
def visiting(address: str, people: People) -> Iterator[Site]:
    """Yield the site; every connection closes with the block."""
    with ExitStack() as stack:
        yield Site(address, people, stack)


def until(what: str, seconds: float, check: Any, pause: float = 0.5) -> Any:
    """Return the first true value of `check()`.

    Raises:
        DemoFailed: it stays false for so many seconds.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(pause)
    raise DemoFailed(f"{what}: not within {seconds:.0f} s")
