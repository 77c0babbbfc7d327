"""Tokens: shown once, kept as hashes."""

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the SHA-256 under which a token is kept. A random token needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
