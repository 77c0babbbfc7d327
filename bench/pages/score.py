"""Scores what was read from drawn pages against their truth.

Example:
  huji inspect var/pages/* --json > read.json
  python -m bench.pages.score var/pages-truth read.json
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PureWindowsPath
from statistics import median
from typing import Any

from bench.pages.edit_distance import edit_distance

Record = Mapping[str, Any]


@dataclass
class FieldScore:
    """How one field was read: texts exactly right, texts there are, characters wrong,
    characters there are.
    """

    right: int = 0
    total: int = 0
    edits: int = 0
    characters: int = 0

    def add(self, other: "FieldScore") -> None:
        """Add another page's counts."""
        self.right += other.right
        self.total += other.total
        self.edits += other.edits
        self.characters += other.characters


@dataclass
class PageScore:
    """How one page was read; `missing` counts people without an entry, `extra` entries without a person."""

    file: str
    fields: dict[str, FieldScore] = field(default_factory=dict)
    missing: int = 0
    extra: int = 0
    skew_error: float | None = None
    error: str | None = None

    @property
    def names(self) -> FieldScore:
        """The count of the people's names."""
        return self.fields.get("name", FieldScore())


def score_page(truth: Record, inspected: Record) -> PageScore:
    """Compare one object of `huji inspect --json` with a page's truth,
    entry by entry in order from right to left.

    A text counts as right only if every character is; a field or an entry that was not read counts as
    read empty.
    Household fields stand under `household.address` and `household.head`. The skew error is in degrees,
    not signed.
    """
    found = inspected.get("entries") or []
    score = PageScore(str(truth["file"]), error=inspected.get("error"))
    score.missing = max(0, len(truth["entries"]) - len(found))
    score.extra = max(0, len(found) - len(truth["entries"]))
    for key, expected, read in _pairs(truth, inspected.get("household") or {}, found):
        score.fields.setdefault(key, FieldScore()).add(_compare(expected, read))
    if inspected.get("skew_deg") is not None:
        score.skew_error = abs(float(inspected["skew_deg"]) - float(truth["skew_deg"]))
    return score


def score_volume(truths: Iterable[Record], inspected: Iterable[Record]) -> list[PageScore]:
    """Score every page of the truth; a page that was not inspected scores as if nothing had been read on
    it.
    """
    by_file = {PureWindowsPath(item["file"]).name: item for item in inspected}
    return [score_page(truth, by_file.get(truth["file"], {"error": "not inspected"})) for truth in truths]


def summarise(scores: list[PageScore]) -> dict[str, Any]:
    """Return the figures of a volume: names, fields, character error rate, skew error in degrees,
    failed pages.
    """
    fields: dict[str, FieldScore] = {}
    for score in scores:
        for key, counts in score.fields.items():
            fields.setdefault(key, FieldScore()).add(counts)
    skews = [score.skew_error for score in scores if score.skew_error is not None]
    names = fields.get("name", FieldScore())
    edits, characters = sum(f.edits for f in fields.values()), sum(f.characters for f in fields.values())
    return {
        "pages": len(scores),
        "failed_pages": Counter(score.error is not None for score in scores)[True],
        "names": {"right": names.right, "total": names.total, "share": _share(names.right, names.total)},
        "entries": {"missing": sum(s.missing for s in scores), "extra": sum(s.extra for s in scores)},
        "fields": {key: asdict(f) | {"share": _share(f.right, f.total)} for key, f in fields.items()},
        "character_error_rate": _share(edits, characters),
        "skew_error": {"median": median(skews), "largest": max(skews)} if skews else None,
    }


def read_truth(folder: Path) -> list[Record]:
    """Return the truth of every page in a folder's `truth.jsonl`."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _pairs(truth: Record, household: Record, found: list[Record]) -> Iterator[tuple[str, str, str]]:
    for key, expected in truth["household"].items():
        yield f"household.{key}", expected, _text(household.get(key))
    for at, entry in enumerate(truth["entries"]):
        read = found[at] if at < len(found) else {}
        for key, expected in entry.items():
            yield key, expected, _text(read.get(key))


def _text(value: Any) -> str:
    """Return the text of a value, given as the interface says ({"text": …}), as a bare text,
    or not at all.
    """
    if isinstance(value, Mapping):
        value = value.get("text")
    return value or ""


def _compare(expected: str, read: str) -> FieldScore:
    return FieldScore(int(expected == read), 1, edit_distance(expected, read), len(expected))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of a volume as JSON; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.pages.score",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("truth", type=Path, metavar="TRUTH_DIR")
    parser.add_argument("inspected", type=Path, metavar="INSPECT.json")
    asked = parser.parse_args(arguments)
    inspected = json.loads(asked.inspected.read_text(encoding="utf-8"))
    figures = summarise(score_volume(read_truth(asked.truth), inspected))
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
