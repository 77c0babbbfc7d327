"""The column type of search tokens."""

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine


def as_word(token: str) -> str:
    """Return a token as a word of ASCII letters and digits, whatever its characters.

    Private-use characters and punctuation would be cut apart by FTS5's tokenizer; hex digits are not.
    """
    return "x" + token.encode().hex()


class Tokens(TypeDecorator[list[str]]):
    """A list of words (see as_word): text[] on PostgreSQL, one spaced text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> object:
        """Turn the list into what the engine keeps."""
        return value if value is None or dialect.name == "postgresql" else " ".join(value)

    def process_result_value(self, value: object, dialect: Dialect) -> list[str] | None:
        """Turn what the engine keeps into the list."""
        if value is None or isinstance(value, list):
            return value
        return str(value).split()
