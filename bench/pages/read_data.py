"""Reads the packaged data files that pages are made of."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Return the table in `data/<name>.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def read_tsv(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `data/<name>.tsv`, whose `#` lines are comments and whose first other line
    names the columns.
    """
    text = (DATA / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
