"""The questions and what they should find, one JSON object a line.

    {"query": {"name": "陳?明", "date": "明治38年"}, "class": "wildcard",
     "expect": [{"name": "陳阿明", "page": "12", "volume": "冊-001"}]}

`query` takes `name`, `place`, `date`, `volume`, `page`, and `name_fields` (["name"] unless told: father and
mother are names too); a bare text is a name. An item of `expect` names what identifies a hit: any field keys,
`page`, `volume`, `office` (its code); a bare text is a name. `class` groups the figures ("outside" unless
told).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ASKED = ("name", "place", "date", "volume", "page")


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the entries it should find."""

    kind: str
    asked: Mapping[str, str]
    name_fields: tuple[str, ...]
    expected: tuple[Mapping[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the line it is kept as."""
        return {"class": self.kind, "query": dict(self.asked), "expect": [dict(one) for one in self.expected]}


def read_truth(path: Path) -> list[Question]:
    """Return the questions of a file.

    Raises:
        ValueError: a line is no question; it says which, and what is needed.
    """
    lines = enumerate(path.read_text("utf-8-sig").splitlines(), start=1)
    return [_question(number, line) for number, line in lines if line.strip()]


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def _question(number: int, line: str) -> Question:
    try:
        row = json.loads(line)
        asked = {"name": row["query"]} if isinstance(row["query"], str) else dict(row["query"])
        expected = tuple(_expected(one) for one in row["expect"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f'line {number}: {{"query": {{…}}, "expect": [{{…}}]}} is needed ({error})'
        ) from error
    name_fields = tuple(asked.pop("name_fields", ("name",)))
    unknown = asked.keys() - set(_ASKED)
    if unknown:
        raise ValueError(f"line {number}: a query has {', '.join(_ASKED)}, not {', '.join(sorted(unknown))}")
    texts = {key: str(value) for key, value in asked.items()}
    return Question(str(row.get("class", "outside")), texts, name_fields, expected)


def _expected(one: object) -> dict[str, str]:
    if isinstance(one, str):
        return {"name": one}
    if not isinstance(one, dict):
        raise TypeError("an expected entry is an object or a name")
    return {str(key): str(value) for key, value in one.items()}
