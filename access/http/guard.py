"""The guard at every door: a route declares its permission, the guard finds who knocks and judges.

`Guard.requires(permission)` gives a dependency that carries the permission as an attribute, so that a
test can walk every route of every application and fail on one that declares none.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from fastapi import Request

from access.http.problems import Forbidden, SignInNeeded
from access.keys.queries import find_key_holder
from access.permissions import Permission
from access.principal import Principal
from access.sessions.queries import SignedIn, find_signed_in
from storage.database.session import Database

COOKIE = "huji_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


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

    def __init__(self, *, database: Database, now: Callable[[], datetime]) -> None:
        """Keep where sessions and keys are found, and the clock they are judged by."""
        self._database = database
        self._now = now

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
            with self._database.reading() as session:
                principal = find_key_holder(session, key=header[7:].strip())
            if principal is None:
                raise _key_unknown()
            return principal
        return self.signed_in(request).principal

    def signed_in(self, request: Request) -> SignedIn:
        """Return the signed-in person and the session's form token; a post must bring that token back.

        Raises:
            SignInNeeded: no session stands behind the cookie.
            Forbidden: a form came without its token.
        """
        token = request.cookies.get(COOKIE)
        with self._database.reading() as session:
            found = find_signed_in(session, token=token, at=self._now()) if token else None
        if found is None:
            raise SignInNeeded("sign_in_needed", "請先登入。", "Please sign in first.")
        if request.method not in SAFE_METHODS:
            _check_form_token(request, found)
        return found


def _check_form_token(request: Request, found: SignedIn) -> None:
    """Accept a changing request only from our own pages: the header is beyond another site's reach.

    Plain HTML forms cannot set a header; for those the browser's own Sec-Fetch-Site, or Origin, must
    say that the form is ours (the cookie is SameSite=Strict besides).
    """
    if request.headers.get("x-form-token") == found.form_token:
        return
    site = request.headers.get("sec-fetch-site")
    if site == "same-origin":
        return
    origin = request.headers.get("origin")
    if site is None and origin is not None and origin == f"{request.url.scheme}://{request.url.netloc}":
        return
    raise Forbidden(
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
