"""Relative links in Markdown lead somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

from tests.house.tree import ROOT, files_ending, read_text

_LINK = re.compile(
    r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|<(?:img|a)\s[^>]*?(?:src|href)=\"([^\"]+)\""
)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make, as forges spell them."""
    headings = _HEADING.findall(_FENCED.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path, text: str) -> list[str]:
    """Return the page's relative links that name no file, or no heading of a page."""
    prose = _CODE.sub("", _FENCED.sub("", text))
    targets = [first or second for first, second in _LINK.findall(prose)]
    return [
        target for target in targets if not _ELSEWHERE.match(target) and not _resolves(page, text, target)
    ]


def _resolves(page: Path, text: str, target: str) -> bool:
    name, _, anchor = unquote(target).partition("#")
    found = (page.parent / name) if name else page
    if not found.exists():
        return False
    if not anchor or found.suffix != ".md":
        return True
    return anchor in anchors(text if found == page else found.read_text(encoding="utf-8"))


def test_links_resolve() -> None:
    """No Markdown page of the tree has a dead relative link."""
    pages = [(ROOT / path, read_text(path) or "") for path in files_ending(".md")]
    dead = [f"{page.relative_to(ROOT)}: {link}" for page, text in pages for link in broken_links(page, text)]
    assert not dead


def test_dead_links_are_seen(tmp_path: Path) -> None:
    """A dead link, a dead anchor and a dead picture are each reported; live ones and code are not."""
    page = tmp_path / "page.md"
    (tmp_path / "other.md").write_text("# A heading\n", encoding="utf-8")
    text = "# Here\n[a](other.md#a-heading) [b](#here) [c](https://example.org) `[d](none.md)`\n"
    page.write_text(text, encoding="utf-8")
    assert broken_links(page, text) == []
    text += "[e](none.md) [f](other.md#none) [g](#none) ![h](none.png) <img alt='' src=\"none.svg\">\n"
    assert broken_links(page, text) == ["none.md", "other.md#none", "#none", "none.png", "none.svg"]
