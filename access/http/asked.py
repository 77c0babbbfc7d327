"""What every body that is sent to us has in common."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, model_validator

# Neither database keeps NUL in a text, and half of a surrogate pair is no character: no answer can hold it.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_DEEPEST = 20


class Asked(BaseModel):
    """A body whose texts, at whatever depth, can be stored; each field says how long its own may be."""

    @model_validator(mode="before")
    @classmethod
    def _holds_text(cls, sent: Any) -> Any:
        wrong = next(_not_text(sent, ()), None)
        if wrong is not None:
            raise ValueError(
                f"{'.'.join(wrong) or 'the body'} holds NUL or half a character, or is nested too deep"
            )
        return sent


def _not_text(value: Any, where: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the place of each text that cannot be stored; of a name, that of the table it stands in."""
    if len(where) > _DEEPEST:
        yield where
    elif isinstance(value, str):
        if _NOT_TEXT.search(value):
            yield where
    elif isinstance(value, Mapping):
        for name, held in value.items():
            if isinstance(name, str) and _NOT_TEXT.search(name):
                yield where
            else:
                yield from _not_text(held, (*where, str(name)))
    elif isinstance(value, list | tuple):
        for place, held in enumerate(value, 1):
            yield from _not_text(held, (*where, str(place)))
