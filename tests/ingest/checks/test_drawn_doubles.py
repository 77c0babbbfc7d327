"""Drawn register pages: a second scan is flagged, another page of the form or of the volume is not."""

import uuid
from dataclasses import replace

import numpy as np
import pytest

from bench.pages import PageSpec, draw_page
from bench.quality.scan_again import ScannedTwice, scan_twice
from ingest.checks.find_duplicates import find_duplicates
from ingest.checks.trace import Trace

FORMS = (
    ("registration_application", "birth"),
    ("registration_application", "birth"),
    ("colonial_register", "ko"),
    ("colonial_register", "ko"),
    ("household_registration", "tohon"),
    ("initial_registration_application", "shoki-table"),
)


@pytest.fixture(scope="module")
def scans() -> list[ScannedTwice]:
    """Six pages of four forms, two of them twice, each scanned twice; drawn small."""
    specs = [
        PageSpec(width=1404, height=992, series=series, form=form, face="tw-kai", page_number=number)
        for number, (series, form) in enumerate(FORMS, 1)
    ]
    return [_drawn(spec, np.random.default_rng([2650, at])) for at, spec in enumerate(specs)]


def _drawn(spec: PageSpec, rng: np.random.Generator) -> ScannedTwice:
    return scan_twice(np.asarray(draw_page(spec, rng)[0], dtype=np.uint8), rng)


def _trace(sequence: int, writing: bytes) -> Trace:
    mark = uuid.uuid4().hex
    return Trace(uuid.uuid4(), uuid.uuid4(), sequence, str(sequence), mark, mark, writing)


def _flagged(pages: list[Trace], earlier: list[Trace]) -> list[tuple[str, int, int]]:
    place = {one.image_id: one.sequence for one in [*pages, *earlier]}
    return [
        (one.check, place[one.image_id], place[one.other_id])
        for one in find_duplicates(pages, earlier)
        if one.other_id is not None
    ]


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_nothing_is_flagged_in_a_small_volume_of_several_forms(scans: list[ScannedTwice], size: int) -> None:
    assert _flagged([_trace(n, one.first) for n, one in enumerate(scans[:size], 1)], []) == []
    assert _flagged([_trace(n, one.again) for n, one in enumerate(scans[-size:], 1)], []) == []


@pytest.mark.parametrize("at", range(len(FORMS)))
def test_a_page_scanned_twice_is_flagged_and_no_other(scans: list[ScannedTwice], at: int) -> None:
    pages = [_trace(n, one.first) for n, one in enumerate(scans, 1)]
    double = _trace(7, scans[at].again)
    assert set(_flagged([*pages, double], [])) == {
        ("near_duplicate", at + 1, 7),
        ("near_duplicate", 7, at + 1),
    }


def test_a_second_delivery_one_page_out_of_step_is_told_as_that(scans: list[ScannedTwice]) -> None:
    earlier = [_trace(n, one.first) for n, one in enumerate(scans, 1)]
    fresh = [
        replace(_trace(n, one.again), page_id=earlier[n - 1].page_id) for n, one in enumerate(scans[1:], 1)
    ]
    assert [one.check for one in find_duplicates(fresh, earlier)] == ["shifted"] * len(fresh)


def test_a_second_delivery_in_step_is_not_flagged(scans: list[ScannedTwice]) -> None:
    earlier = [_trace(n, one.first) for n, one in enumerate(scans, 1)]
    fresh = [replace(_trace(n, one.again), page_id=earlier[n - 1].page_id) for n, one in enumerate(scans, 1)]
    assert find_duplicates(fresh, earlier) == []
