"""The tree as git sees it: what is tracked, and what would be added."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("domain", "imaging", "storage", "access", "index_service", "ingest", "viewer", "huji", "bench")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that is tracked or would be by `git add`, relative to the root, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def files_ending(*suffixes: str) -> list[Path]:
    """Return the tracked files whose names end so."""
    return [path for path in tracked_files() if path.suffix in suffixes]


def read_text(path: Path) -> str | None:
    """Return a tracked file's text, or None where it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def project_settings() -> dict[str, Any]:
    """Return pyproject.toml, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
