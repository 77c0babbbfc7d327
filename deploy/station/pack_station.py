"""The build backend (PEP 517) of huji-station: the station and what it imports, the same every time."""

import base64
import hashlib
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from import_closure import import_closure

_HERE = Path(__file__).resolve().parent
_TREE = _HERE.parents[1]
_DATA = {".toml", ".tsv", ".json", ".html", ".css", ".js", ".svg"}
_THEN = (2026, 1, 1, 0, 0, 0)


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,  # noqa: ARG001 - PEP 517's shape
    metadata_directory: str | None = None,  # noqa: ARG001 - PEP 517's shape
) -> str:
    """Write the wheel into the directory and return its name."""
    project = _project()
    name = f"huji_station-{project['version']}"
    info = f"{name}.dist-info"
    files = {path.relative_to(_TREE).as_posix(): path.read_bytes() for path in packed_files()}
    files |= {
        f"{info}/METADATA": _metadata(project).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: huji\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": _scripts(project).encode(),
        f"{info}/licenses/LICENSE": (_TREE / "LICENSE").read_bytes(),
    }
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory, wheel), "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            packed.writestr(zipfile.ZipInfo(path, _THEN), data, zipfile.ZIP_DEFLATED)
    return wheel


def packed_files() -> list[Path]:
    """Return the modules of the closure, and the data files beside those of them that are packages."""
    settings = tomllib.loads((_HERE / "pyproject.toml").read_text("utf-8"))
    modules = set(import_closure(_TREE, settings["tool"]["huji-station"]["root"]).values())
    folders = {path.parent for path in modules if path.name == "__init__.py"}
    beside = {
        path
        for folder in folders
        for place in (folder, folder / "data", folder / "static")
        for path in (place.iterdir() if place.is_dir() else ())
        if path.suffix in _DATA
    }
    return sorted(modules | beside)


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((_HERE / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def _metadata(project: dict[str, Any]) -> str:
    needs = "".join(f"Requires-Dist: {need}\n" for need in project["dependencies"])
    return (
        f"Metadata-Version: 2.4\nName: {project['name']}\nVersion: {project['version']}\n"
        f"Summary: {project['description']}\nLicense-Expression: {project['license']}\n"
        f"License-File: LICENSE\nRequires-Python: {project['requires-python']}\n{needs}"
    )


def _scripts(project: dict[str, Any]) -> str:
    lines = "".join(f"{name} = {where}\n" for name, where in project["scripts"].items())
    return f"[console_scripts]\n{lines}"


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
