"""The image: pinned bases, the same set-up as everywhere, and no root at work."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()


def test_bases_are_pinned() -> None:
    """Both stages stand on one pinned Debian, so that the environment's Python is the one that runs it."""
    bases = [match[1] for line in LINES if (match := re.match(r"FROM (\S+)", line))]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"debian:\d+\.\d+-slim", bases[0])


def test_the_image_is_set_up_like_a_machine() -> None:
    """The locks are installed by deploy/setup, from a tree without local leavings."""
    assert any("deploy/setup demo" in line for line in LINES)
    ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())
    assert {".git", ".venv", ".env", "var", "node_modules"} <= ignored


def test_nobody_works_as_root() -> None:
    """The last word on who runs it is not root."""
    users = [line.split()[1] for line in LINES if line.startswith("USER ")]
    assert users[-1:] == ["huji"]
