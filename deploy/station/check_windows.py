"""Whether each requirement of the station has a wheel for Windows; downloads each by its lock, installs none.

One that comes as source alone will do if what is built of it, as deploy/setup builds it, is a wheel for any
system. Run as `make station-windows`; it needs a package registry, so that `make test` and `make check` leave
it out. Ends with status 1 if a requirement has no wheel, and names it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

LOCK = Path(__file__).parents[2] / "locks" / "station.txt"
PYTHON = "3.11"
_PIN = re.compile(r"^(?P<pin>[a-z0-9][a-z0-9._-]*==[^ ;]+)(?: ; (?P<marker>[^\\]*))? \\$")
_WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": f"{PYTHON}.0",
    "python_version": PYTHON,
    "sys_platform": "win32",
}


def main() -> int:
    """Download each requirement's wheel, saying of each whether there is one."""
    missing = 0
    with tempfile.TemporaryDirectory() as folder:
        for pin, hashes in windows_pins(LOCK.read_text("utf-8")).items():
            wheel, source = _download(Path(folder), pin, hashes), False
            if wheel is None:
                wheel, source = _build(Path(folder), pin, hashes), True
            missing += wheel is None
            said = "MISSING" if wheel is None else "source" if source else "wheel"
            print(f"{said:<8}{pin:<34} {wheel or ''}", flush=True)
    return 1 if missing else 0


def windows_pins(lock: str) -> dict[str, list[str]]:
    """Return the pins of a lock that hold on Windows, each with its hashes.

    The markers are judged here: pip judges them by the system it runs on, not by the platform asked for.
    """
    pins: dict[str, list[str]] = {}
    hashes: list[str] = []
    for line in lock.splitlines():
        if match := _PIN.match(line):
            hashes = []
            if match["marker"] is None or Marker(match["marker"]).evaluate(_WINDOWS):
                pins[match["pin"]] = hashes
        else:
            hashes.append(line.strip(" \\"))
    return pins


def _download(folder: Path, pin: str, hashes: list[str]) -> str | None:
    """Return the name of the wheel for Windows, if there is one."""
    platform = ["--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp"]
    return _pip(["download", *platform, "--only-binary=:all:", "--dest"], folder, pin, hashes)


def _build(folder: Path, pin: str, hashes: list[str]) -> str | None:
    """Return the name of the wheel that the source makes, if it is one for any system."""
    found = _pip(["wheel", "--no-build-isolation", "--wheel-dir"], folder, pin, hashes)
    return found if found is not None and found.endswith("-none-any.whl") else None


def _pip(command: list[str], folder: Path, pin: str, hashes: list[str]) -> str | None:
    """Return what pip puts into a folder; None, after its own words on why, if it does not."""
    wanted, into = folder / "wanted.txt", folder / command[0] / pin
    wanted.write_text(" \\\n    ".join([pin, *hashes]) + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *command, str(into)]
    rules = ["--no-deps", "--require-hashes", "-r", str(wanted)]
    # Without pkg-config pyvips builds alike everywhere: on the libvips of its own binary wheel.
    without = {**os.environ, "PKG_CONFIG": "false"}
    found = subprocess.run([*pip, *rules], capture_output=True, text=True, env=without)
    if found.returncode:
        print(found.stderr, file=sys.stderr)
        return None
    return next(path.name for path in into.iterdir())


if __name__ == "__main__":
    sys.exit(main())
