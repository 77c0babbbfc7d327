"""Decision records: one page, indexed, each naming a check that exists."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, project_settings

RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
_PARTS = ("## Context", "## Decision", "## Consequences")
_DUE = re.compile(r"^Due: `([^`]+)` once `([^`]+)` is there$", re.MULTILINE)
_CONTRACT = re.compile(r'contract "([^"…]+)')


def faults(text: str, root: Path, contracts: list[str]) -> list[str]:
    """Return what a record lacks: parts, a check, or a file, test or contract that it names."""
    enforced = re.search(r"^Enforced by: (.+)$", text, re.MULTILINE)
    named = re.findall(r"`([^`]+)`", enforced.group(1)) if enforced else []
    quoted = _CONTRACT.findall(enforced.group(1)) if enforced else []
    return [
        *(f"no part {part}" for part in _PARTS if f"\n{part}\n" not in text),
        *([] if named else ["names no check"]),
        *(f"{path} is not there" for path in named if not (root / path).exists()),
        *(
            f"no contract {name!r}"
            for name in quoted
            if not any(known.startswith(name) for known in contracts)
        ),
        *(
            f"{test} is due"
            for test, cause in _DUE.findall(text)
            if (root / cause).exists() and not _has_tests(root / test)
        ),
        *(["Due: … is not as README.md shows"] if text.count("\nDue:") != len(_DUE.findall(text)) else []),
        *(["longer than a page"] if len(text.splitlines()) > 50 else []),
    ]


def _has_tests(path: Path) -> bool:
    return path.is_file() or any(path.rglob("test_*.py"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem[:4])
def test_records_name_their_check(record: Path) -> None:
    """Each record is whole, and what it leans on is there."""
    contracts = [entry["name"] for entry in project_settings()["tool"]["importlinter"]["contracts"]]
    assert faults(record.read_text(encoding="utf-8"), ROOT, contracts) == []


def test_records_are_numbered_and_indexed() -> None:
    """Numbers run from 1 without a gap, and the index lists each record by its title."""
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    for number, path in enumerate(RECORDS, start=1):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix(f"# {number}. ")
        assert f"| [{number}]({path.name}) | {title} |" in index


def test_faults_are_seen(tmp_path: Path) -> None:
    """A record without a check, and one whose due test never came, are reported."""
    whole = "# 1. X\n\n## Context\n\n## Decision\n\n## Consequences\n\n"
    assert faults(whole, tmp_path, []) == ["names no check"]
    assert faults(whole + "Enforced by: `none.py`\n", tmp_path, []) == ["none.py is not there"]
    (tmp_path / "there.py").touch()
    text = whole + 'Enforced by: `there.py` (contract "Only")\n\nDue: `tests/x` once `there.py` is there\n'
    assert faults(text, tmp_path, ["Other"]) == ["no contract 'Only'", "tests/x is due"]
    (tmp_path / "tests" / "x").mkdir(parents=True)
    (tmp_path / "tests" / "x" / "test_x.py").touch()
    assert faults(text, tmp_path, ["Only storage"]) == []
