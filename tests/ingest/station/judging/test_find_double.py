"""What the station keeps at hand of the pages that a scan is compared with."""

import os
from pathlib import Path

import numpy as np

from imaging.fingerprint import SIZE
from ingest.station.judging import find_double as finding
from ingest.station.judging.find_double import Earlier, find_double

MANY = 5000
"""More pages than any volume has."""


def _writing(seed: int) -> bytes:
    return np.random.default_rng(seed).integers(1, 255, SIZE, np.uint8).tobytes()


def _earlier(folder: Path, pages: int) -> list[Earlier]:
    """One page and many others, all of one other writing; each has a file of its own name."""
    folder.mkdir()
    paths = [folder / f"s{number:06}.writing" for number in range(pages)]
    paths[0].write_bytes(_writing(1))
    paths[1].write_bytes(_writing(2))
    for path in paths[2:]:
        os.link(paths[1], path)
    return [Earlier(path.stem, path, path.stem, path.stem) for path in paths]


def test_each_page_of_a_volume_is_read_from_the_disk_once_however_many_there_are(tmp_path: Path) -> None:
    earlier = _earlier(tmp_path / "looks", MANY)
    first = find_double(_writing(1), earlier)
    assert first is not None
    for page in earlier:
        page.writing.unlink()
    again = find_double(_writing(1), earlier)
    assert again == first
    assert set(finding._LOADED) == {page.writing for page in earlier}


def test_what_is_no_longer_compared_with_is_let_go(tmp_path: Path) -> None:
    one, other = _earlier(tmp_path / "one", 4), _earlier(tmp_path / "other", 3)
    find_double(_writing(1), one)
    find_double(_writing(1), other)
    assert set(finding._LOADED) == {page.writing for page in other}
