"""A file from outside is decoded in the limited child alone, so that none takes a process of ours down."""

import ast
from pathlib import Path

from tests.house.tree import ROOMS, files_ending, read_text

DECODERS = {"decode", "probe"}
MAY = {"ingest/decoding/child.py", "ingest/station/judging/judge_scan.py"}
"""The child itself; and the station, which judges its own scanner's files on a machine of its own."""


def decodes(text: str) -> bool:
    """Tell whether a file takes a decoder from `imaging.decoding`."""
    taken = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    names = {
        alias.name
        for node in taken
        if (node.module or "").startswith("imaging.decoding")
        for alias in node.names
    }
    return bool(names & DECODERS)


def test_only_the_child_decodes() -> None:
    """Those who may do, and no other room does."""
    rooms = set(ROOMS) - {"imaging", "bench"}
    paths = [path for path in files_ending(".py") if path.parts[0] in rooms]
    found = {path.as_posix() for path in paths if decodes(read_text(path) or "")}
    assert found == MAY


def test_decoders_are_seen() -> None:
    """By whichever door they are taken; the words of a refusal are nobody's decoder."""
    assert decodes("from imaging.decoding import RefusedImage, decode")
    assert decodes("from imaging.decoding.decode import decode as read")
    assert not decodes("from imaging.decoding import RefusedImage")
    assert Path("ingest/decoding/child.py").is_file()
