"""Argon2id passwords (RFC 9106), through argon2-cffi."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from access.http.problems import Invalid

SHORTEST = 12
# RFC 9106's second recommended choice: 64 MiB, 3 passes, 4 lanes (the library's default).
_HASHER = PasswordHasher()
# Compared against when no such account exists, so that the answer takes as long.
_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password.

    Raises:
        Invalid: it is shorter than SHORTEST characters.
    """
    if len(password) < SHORTEST:
        raise Invalid(
            "password_too_short",
            f"密碼至少需要 {SHORTEST} 個字元。",
            f"A password needs at least {SHORTEST} characters.",
        )
    return _HASHER.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the hashed one; takes as long where there is no hash."""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def hash_is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)
