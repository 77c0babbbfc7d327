"""The guard at every door: a route declares its permission, the guard finds who knocks and judges.

`Guard.requires(permission)` gives a dependency that carries the permission as an attribute, so that a
test can walk every route of every application and fail on one that declares none.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from access.http.problems import Forbidden, SignInNeeded
from access.keys.operations import note_use
from access.keys.queries import find_key
from access.permissions import Permission
from access.principal import Principal
from access.sessions.operations import keep_alive
from access.sessions.queries import SignedIn, find_signed_in
from storage.database.session import Database

COOKIE = "huji_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_log = logging.getLogger(__name__)


class Guarded(Protocol):
    """A dependency that knows which permission it asks for."""

    permission: Permission

    def __call__(self, request: Request) -> Principal:
        """Return who knocks, or raise."""
        ...


class _Requires:
    """Judges one request against one permission."""

    def __init__(self, guard: "Guard", permission: Permission) -> None:
        self.permission = permission
        self._guard = guard

    def __call__(self, request: Request) -> Principal:
        return self._guard.judge(request, self.permission)


class _Open:
    """Lets anybody in, and says who it is where somebody is known."""

    permission = Permission.PUBLIC

    def __init__(self, guard: "Guard") -> None:
        self._guard = guard

    def __call__(self, request: Request) -> Principal | None:
        try:
            return self._guard.principal_of(request)
        except (SignInNeeded, Forbidden):
            return None


class Guard:
    """Finds the principal of a request by its session cookie or API key, and asks the policy."""

    def __init__(self, *, database: Database, now: Callable[[], datetime], public_url: str = "") -> None:
        """Keep where sessions and keys are found, and the clock they are judged by.

        `public_url` is how browsers reach the site: behind a proxy that ends TLS, a request does not tell.
        """
        self._database = database
        self._now = now
        self._own_origin = _origin_of(public_url)

    def requires(self, permission: Permission) -> Guarded:
        """Return the dependency by which a route declares its permission."""
        return _Requires(self, permission)

    def open_to_all(self) -> _Open:
        """Return the dependency of a public route, which gives the principal or None."""
        return _Open(self)

    def judge(self, request: Request, permission: Permission) -> Principal:
        """Return the principal if the policy grants the permission.

        Raises:
            SignInNeeded: nobody is known behind the request.
            Forbidden: somebody is, and may not.
        """
        principal = self.principal_of(request)
        if not principal.may(permission):
            raise Forbidden(
                "not_permitted",
                "您的角色無此權限。",
                "Your role does not permit this.",
                permission=str(permission),
            )
        return principal

    def principal_of(self, request: Request) -> Principal:
        """Return who is behind a request.

        Raises:
            SignInNeeded: the key or session is missing, unknown, expired or revoked.
        """
        header = request.headers.get("authorization", "")
        if header.lower().startswith("bearer "):
            return self._key_holder(header[7:].strip())
        return self.signed_in(request).principal

    def signed_in(self, request: Request) -> SignedIn:
        """Return the signed-in person and the session's form token; a post must bring that token back.

        Raises:
            SignInNeeded: no session stands behind the cookie.
            Forbidden: a form came without its token.
        """
        token, at = request.cookies.get(COOKIE), self._now()
        with self._database.reading() as session:
            found = find_signed_in(session, token=token, at=at) if token else None
        if found is None:
            raise SignInNeeded("sign_in_needed", "請先登入。", "Please sign in first.")
        if request.method not in SAFE_METHODS:
            self._check_form_token(request, found)
        session_id, last_seen_at = found.session.id, found.session.last_seen_at
        if keep_alive.is_due(last_seen_at, at):
            self._note(lambda session: keep_alive.keep_alive(session, session_id=session_id, at=at))
        return found

    def check_not_foreign(self, request: Request) -> None:
        """Refuse a form that a browser says another site sent; for forms that nobody is signed in for.

        Raises:
            Forbidden: Sec-Fetch-Site or Origin names another site.
        """
        told = {"sec-fetch-site", "origin"}.intersection(request.headers.keys())
        if told and not self._is_own(request):
            raise _not_ours()

    def _key_holder(self, key: str) -> Principal:
        at = self._now()
        with self._database.reading() as session:
            found = find_key(session, key=key)
        if found is None:
            raise _key_unknown()
        key_id = found.key_id
        if note_use.is_due(found.last_used_at, at):
            self._note(lambda session: note_use.note_use(session, key_id=key_id, at=at))
        return found.principal

    def _note(self, write: Callable[[Session], None]) -> None:
        """Write that somebody was here; a database too busy for that does not turn him away."""
        try:
            with self._database.writing() as session:
                write(session)
        except OperationalError as error:
            _log.warning("a sign of life was not noted: %s", type(error.orig).__name__)

    def _check_form_token(self, request: Request, found: SignedIn) -> None:
        """Accept a changing request only from our own pages: the header is beyond another site's reach.

        Plain HTML forms cannot set a header; for those the browser's own Sec-Fetch-Site, or Origin, must
        say that the form is ours (the cookie is SameSite=Strict besides).
        """
        token = request.headers.get("x-form-token", "")
        if secrets.compare_digest(token.encode(), found.form_token.encode()) or self._is_own(request):
            return
        raise _not_ours()

    def _is_own(self, request: Request) -> bool:
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None:
            return site == "same-origin"
        return bool(origin) and origin in {self._own_origin, f"{request.url.scheme}://{request.url.netloc}"}


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _not_ours() -> Forbidden:
    return Forbidden(
        "form_not_ours",
        "此表單不是由本系統的頁面送出，請重新開啟頁面再試。",
        "This form did not come from our own pages: open the page again and retry.",
    )


def _key_unknown() -> SignInNeeded:
    return SignInNeeded(
        "key_unknown",
        "金鑰不明或已撤銷，請向管理者申請新的金鑰。",
        "The key is unknown or revoked: ask the administrator for a new one.",
    )
