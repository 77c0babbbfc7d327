"""Blank forms of one kind are told as blank, at the station and on delivery; a written page scanned twice as
that, however little is written on it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from bench.pages import PageSpec, draw_page, write_sheet
from bench.pages.form_parts import Slot
from bench.pages.invent_household import Household
from bench.quality.scan_again import ScannedTwice, scan_twice
from imaging.fingerprint import SIZE
from ingest.checks.find_duplicates import find_duplicates
from ingest.station.judging.find_double import Double, Earlier, find_double
from tests.ingest.checks.test_drawn_doubles import _trace

FORMS = (
    ("colonial_register", "ko"),
    ("household_registration", "tohon"),
    ("initial_registration_application", "shoki-table"),
)


def _labels(slot: Slot, _household: Household) -> str:
    return slot.label if slot.kind == "label" else ""


def _scans(series: str, form: str, **more: int) -> ScannedTwice:
    spec = PageSpec(width=1404, height=992, severity=0, series=series, form=form, face="tw-kai", **more)
    rng = np.random.default_rng(2651)
    return scan_twice(np.asarray(draw_page(spec, rng)[0], dtype=np.uint8), rng)


@pytest.fixture(scope="module")
def blank() -> list[ScannedTwice]:
    """A form of three series on which nothing is written, scanned twice each."""
    with pytest.MonkeyPatch.context() as nothing:
        nothing.setattr(write_sheet, "text_of", _labels)
        return [_scans(series, form) for series, form in FORMS]


@pytest.fixture(scope="module")
def sparse() -> list[ScannedTwice]:
    """The same forms with one person on them."""
    return [_scans(series, form, persons=1) for series, form in FORMS]


def _at_the_station(folder: Path, writing: bytes, earlier: Sequence[bytes]) -> Double | None:
    pages = []
    folder = Path(mkdtemp(dir=folder))  # a file of the station's never changes
    for number, known in enumerate(earlier):
        # Named by what it holds: the station reads a scan's file once, since that never changes.
        path = folder / f"{hashlib.sha256(known).hexdigest()}.writing"
        path.write_bytes(known)
        pages.append(Earlier(str(number), path, f"第 {number} 頁", f"page {number}"))
    return find_double(writing, pages)


@pytest.mark.parametrize("at", range(len(FORMS)))
def test_two_blank_forms_are_called_blank(blank: list[ScannedTwice], tmp_path: Path, at: int) -> None:
    one = blank[at]
    double = _at_the_station(tmp_path, one.again, [one.first])
    assert double is not None
    assert double.blank
    finding = double.finding((30, 20, 900, 700))
    assert (finding["check"], finding["verdict"]) == ("blank", "flag")
    assert finding["where"] == [30, 20, 900, 700]
    assert "空白" in finding["zh"]
    found = find_duplicates([_trace(1, one.first), _trace(2, one.again)], [])
    assert [notice.check for notice in found] == ["blank_form", "blank_form"]


@pytest.mark.parametrize("at", range(len(FORMS)))
def test_a_page_with_one_person_scanned_twice_is_found(
    blank: list[ScannedTwice], sparse: list[ScannedTwice], tmp_path: Path, at: int
) -> None:
    """Blank forms of the same kind stand beside it and are not taken for it."""
    others, one = [each.first for each in blank], sparse[at]
    double = _at_the_station(tmp_path, one.again, [*others, one.first])
    assert double is not None
    assert (double.earlier.scan, double.blank, double.finding((0, 0, 9, 9))["check"]) == (
        "3",
        False,
        "duplicate",
    )
    found = find_duplicates([_trace(1, one.first), _trace(2, one.again)], [])
    assert [notice.check for notice in found] == ["near_duplicate", "near_duplicate"]


def test_a_delivery_of_blank_forms_is_not_out_of_step(blank: list[ScannedTwice]) -> None:
    earlier = [_trace(n, blank[0].first) for n in range(1, 5)]
    fresh = [replace(_trace(n, blank[0].again), page_id=earlier[n - 1].page_id) for n in range(1, 4)]
    assert {one.check for one in find_duplicates(fresh, earlier)} == {"blank_form"}


def test_a_spread_is_a_double_where_one_of_its_pages_is_written(
    blank: list[ScannedTwice], sparse: list[ScannedTwice], tmp_path: Path
) -> None:
    forms = (blank[0], sparse[0])
    first, again = (b"".join(getattr(one, name) for one in forms) for name in ("first", "again"))
    double = _at_the_station(tmp_path, again, [first])
    assert double is not None
    assert not double.blank
    nothing_beside = _at_the_station(tmp_path, blank[0].again + bytes(SIZE), [blank[0].first + bytes(SIZE)])
    assert nothing_beside is not None
    assert nothing_beside.blank
