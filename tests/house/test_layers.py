"""The import contracts of pyproject.toml, tried on a small house in which each is broken once."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, project_settings

_PLANTED = {
    "storage/lift.py": "import access",
    "huji/cheat.py": "import bench",
    "domain/borrow.py": "import yaml",
    "imaging/serve.py": "import fastapi",
    "storage/objects/fast.py": "import minio",
    "ingest/read.py": "import rapidocr",
    "index_service/entries/tables.py": "from index_service.entries import queries",
    "index_service/entries/queries.py": "",
    "access/keys/routes.py": "from access.keys import tables",
    "access/keys/tables.py": "",
    "ingest/station/lean.py": "import storage",
}


@pytest.fixture(scope="module")
def contracts_of_a_bad_house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Lint a house of bare packages and planted imports; return each contract's verdict by its name."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    for room in (*ROOMS, "storage/objects", "index_service/entries", "access/keys", *_rooms_named()):
        _write(house / room / "__init__.py", "")
    for name, source in _PLANTED.items():
        _write(house / name, source + "\n")
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
    )
    flat = re.sub(r"\s+", " ", linted.stdout)
    names = [contract["name"] for contract in project_settings()["tool"]["importlinter"]["contracts"]]
    return {
        name: verdict for name in names for verdict in re.findall(re.escape(name) + r" (KEPT|BROKEN)", flat)
    }


def _rooms_named() -> list[str]:
    """Return the folders of our own packages that the contracts name outright."""
    contracts = project_settings()["tool"]["importlinter"]["contracts"]
    named = [
        name
        for one in contracts
        for key in ("source_modules", "forbidden_modules")
        for name in one.get(key, ())
    ]
    return [name.replace(".", "/") for name in named if "*" not in name and name.split(".")[0] in ROOMS]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_contract_can_break(contracts_of_a_bad_house: dict[str, str]) -> None:
    """Every contract sees the import that was planted for it."""
    contracts = project_settings()["tool"]["importlinter"]["contracts"]
    assert contracts_of_a_bad_house == {contract["name"]: "BROKEN" for contract in contracts}
