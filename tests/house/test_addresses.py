"""No file names a package registry's host or a place on one machine: both are the site's business."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, read_text, tracked_files

# The brackets keep this file from reporting itself.
_HOSTS = re.compile(
    r"py[p]i\.org|pyth[o]nhosted\.org|npm[j]s\.(?:org|com)|yarn[p]kg\.com|deb\.deb[i]an\.org"
    r"|(?<!\w)dock[e]r\.io|gh[c]r\.io|qu[a]y\.io|crat[e]s\.io|conda\.an[a]conda\.org|proxy\.gol[a]ng\.org",
    re.IGNORECASE,
)
_PLACES = re.compile(r"(?<![\w.$}~-])/(?:roo[t]|hom[e]/\w|User[s]/\w|opt/py[p]i)(?![\w.-])")


def places_here() -> list[str]:
    """Return this checkout and this account's folder, where their names are long enough to mean them."""
    return [str(place) for place in (ROOT, Path.home()) if len(place.parts) > 2]


def local_addresses(text: str) -> list[str]:
    """Return the registry hosts and machine paths that a text names."""
    found = [match.group() for pattern in (_HOSTS, _PLACES) for match in pattern.finditer(text)]
    return found + [place for place in places_here() if re.search(re.escape(place) + r"(?![\w.-])", text)]


def test_no_registry_and_no_machine_is_named() -> None:
    """No tracked text has such an address; lock files least of all."""
    found = {str(path): local_addresses(read_text(path) or "") for path in tracked_files()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "text",
    [
        "https://py" + "pi.org/simple",
        "registry.npm" + "js.org",
        "/ro" + "ot/.cache",
        "/ho" + "me/a",
    ],
)
def test_addresses_are_seen(text: str) -> None:
    """Each kind of address is reported."""
    assert local_addresses(text)


@pytest.mark.parametrize(
    "text", ["a/home/page", "/api/v1/worklist", "//example.org/rooted", "doc.root/x", "/works"]
)
def test_likely_words_pass(text: str) -> None:
    """Words that look alike are not."""
    assert not local_addresses(text)
