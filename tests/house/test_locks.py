"""Lock files: a version and hashes for everything, no address, and one version of each thing."""

import itertools
import json
import re

import pytest

from tests.house.tree import ROOT, project_settings

LOCKS = ("build", "dev", "peers", "runtime", "station", "uv")
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)((?: ;[^\\]*)?) \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: str) -> dict[str, str]:
    """Return name → version of one lock; a line that is neither pin nor hash is an error."""
    lines = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    found = [(match[1], match[2]) for line in lines if (match := _PIN.match(line))]
    assert all(_PIN.match(line) or _HASH.match(line) for line in lines)
    assert all(_HASH.match(after) for line, after in itertools.pairwise(lines) if _PIN.match(line))
    return dict(found)


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_by_hash(lock: str) -> None:
    """Every line is a pin with at least one hash; no option, no address."""
    assert pins(lock)


def test_dev_holds_all_of_runtime() -> None:
    """What tests run on is what the product runs on."""
    assert pins("runtime").items() <= pins("dev").items()
    assert pins("runtime")["cffi"] == pins("build")["cffi"]


def test_the_station_runs_on_versions_of_the_product() -> None:
    """Its lock is what `make station-windows` looks up for Windows."""
    assert pins("station").items() <= pins("runtime").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    """A dependency added to pyproject.toml without `make lock` is seen."""
    project = project_settings()["project"]
    asked = {"runtime": project["dependencies"], "dev": project["optional-dependencies"]["dev"]}
    for lock, wanted in asked.items():
        names = {re.split(r"[\[<>=~! ]", item)[0].lower() for item in wanted}
        assert names <= pins(lock).keys()


def test_windowed_opencv_stays_out() -> None:
    """Only the headless build is installed: the other needs X libraries that a bare machine lacks."""
    assert "opencv-python" not in pins("dev")
    assert "opencv-python-headless" in pins("runtime")


def test_assets_are_pinned_without_address() -> None:
    """package-lock.json has an exact version and an integrity for each asset, and no address."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {"node_modules/htmx.org", "node_modules/axe-core"} <= packages.keys()
    assert all(
        entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values()
    )
    assert packages["node_modules/htmx.org"]["version"].startswith("2.0.")
