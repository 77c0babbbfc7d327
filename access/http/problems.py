"""Errors that a person may read, as RFC 9457 problem documents.

An operation raises one of these; the composition root turns it into a document or a page. The texts
never hold personal data: say which field is wrong, not what stood in it.
"""

from typing import Any


class Problem(Exception):
    """Something the caller can understand and mend."""

    status = 400
    code = "bad_request"

    def __init__(self, code: str, zh: str, en: str, **details: Any) -> None:
        """Keep the code, both texts, and what a program may want to know."""
        super().__init__(f"{zh} {en}")
        self.code = code
        self.zh = zh
        self.en = en
        self.details = details

    def as_document(self) -> dict[str, Any]:
        """Return the RFC 9457 members, with both languages."""
        return {
            "type": f"urn:huji:problem:{self.code}",
            "title": self.zh,
            "status": self.status,
            "detail": self.en,
            "code": self.code,
            **self.details,
        }


class Invalid(Problem):
    """What was sent is not what is needed (422); `defects` lists everything wrong at once."""

    status = 422


class SignInNeeded(Problem):
    """Nobody is signed in, or the key is not known (401)."""

    status = 401


class Forbidden(Problem):
    """This party may not do this (403)."""

    status = 403


class NotFound(Problem):
    """No such thing, or none that this party may know of (404)."""

    status = 404


class Conflict(Problem):
    """It cannot be done in the state things are in (409)."""

    status = 409


class Gone(Problem):
    """It was here and is no longer (410)."""

    status = 410


class Stale(Problem):
    """Somebody else changed it meanwhile (412); nothing was overwritten."""

    status = 412


class PreconditionNeeded(Problem):
    """An edit must say which version it starts from (428)."""

    status = 428


class TooMany(Problem):
    """Too many tries (429)."""

    status = 429


class Unavailable(Problem):
    """A part of the house is not there just now (503); try again."""

    status = 503
