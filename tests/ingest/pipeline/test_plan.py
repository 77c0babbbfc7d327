"""Whole pages, drawn and read by the real engine, against what was drawn."""

from dataclasses import dataclass

import numpy as np
import pytest

from bench.pages import PageSpec, PageTruth, draw_page
from domain.series import load_series
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.proposals import propose
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import Box, PageReading
from tests.ingest.drawn_form import blank, write

SERIES = load_series("colonial_register")
READERS = Readers(RapidRecogniser())


@dataclass(frozen=True)
class Read:
    """A drawn page as read, with its truth."""

    truth: PageTruth
    reading: PageReading


@pytest.fixture(scope="module", params=["ko", "otsu", "hei"])
def page(request: pytest.FixtureRequest) -> Read:
    seed = {"ko": 31, "otsu": 32, "hei": 33}[request.param]
    pixels, truth = draw_page(PageSpec(form=request.param, severity=1), np.random.default_rng(seed))
    return Read(truth, read_register_page(np.asarray(pixels), truth.ppi, SERIES, READERS))


def holds(outer: tuple[float, ...], inner: Box, slack: float) -> bool:
    low = all(a - slack <= b for a, b in zip(outer[:2], inner[:2], strict=True))
    return low and all(a + slack >= b for a, b in zip(outer[2:], inner[2:], strict=True))


def test_names_are_read_in_order(page: Read) -> None:
    """All persons, right to left, and at most one name wrong by a character's variant."""
    names = [person["name"].text for person in page.reading.content.persons]
    expected = [entry["name"] for entry in page.truth.entries]
    assert len(names) == len(expected)
    assert sum(one != other for one, other in zip(names, expected, strict=True)) <= 1


def test_fields_and_household_are_the_labelled_ones(page: Read) -> None:
    """Nine of ten short fields exact, whatever the order of the rows; blank cells give no value."""
    right = [
        person[key].text == text if text else key not in person
        for person, entry in zip(page.reading.content.persons, page.truth.entries, strict=True)
        for key, text in entry.items()
        if key != "notes"
    ]
    assert np.mean(right) > 0.9
    assert page.reading.content.household["head"].text == page.truth.household["head"]
    assert set(page.reading.content.household) == {"address", "head"}


def test_boxes_are_in_the_pixels_of_the_file(page: Read) -> None:
    """Each name's box lies in the cell it was written in, turned as the page was."""
    cells = {
        cell.entry: (cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1)
        for cell in page.truth.cells
        if cell.field == "name" and cell.kind == "value"
    }
    for number, person in enumerate(page.reading.content.persons):
        assert holds(cells[number], person["name"].box, slack=6)


def test_the_page_is_straightened(page: Read) -> None:
    """The skew is found to a twentieth of a degree."""
    assert abs(page.reading.skew.angle_deg - page.truth.skew_deg) < 0.05


def test_proposals_carry_the_household(page: Read) -> None:
    """One a person, the household's fields on each, the box of the person's own, the least confidence."""
    proposals = propose(page.reading, SERIES)
    assert len(proposals) == len(page.truth.entries)
    order = [field.key for field in SERIES.fields]
    for proposal in proposals:
        assert proposal.values["head"] == page.reading.content.household["head"]
        assert list(proposal.values) == sorted(proposal.values, key=order.index)
        assert proposal.min_confidence == min(value.confidence for value in proposal.values.values())
        assert holds(proposal.box, proposal.values["name"].box, slack=0)


def test_dates_are_parsed(page: Read) -> None:
    """Every birth date that was read has a parsed form."""
    dates = [person["birth_date"] for person in page.reading.content.persons if "birth_date" in person]
    assert sum(date.parsed is not None for date in dates) >= len(dates) - 1


def test_a_page_of_half_the_size_is_read_too() -> None:
    """A scan at 150 ppi: the form is found and most names are right."""
    spec = PageSpec(form="otsu", severity=0, width=1754, height=1240)
    pixels, truth = draw_page(spec, np.random.default_rng(5))
    persons = read_register_page(np.asarray(pixels), 150, SERIES, READERS).content.persons
    right = sum(
        person["name"].text == entry["name"] for person, entry in zip(persons, truth.entries, strict=True)
    )
    assert right >= len(truth.entries) - 2


def test_a_page_without_a_form_gives_its_lines() -> None:
    """No entries, but the text with its places, in reading order."""
    gray = write(
        write(blank(900, 1200), "戶籍登記申請書", 200, 200, vertical=False),
        "民國九十年",
        200,
        500,
        vertical=False,
    )
    content = read_register_page(np.dstack([gray] * 3), None, SERIES, READERS).content
    assert (content.persons, content.household, content.cells) == ((), {}, ())
    assert content.text == "戶籍登記申請書\n民國九十年"
    assert holds((180, 180, 800, 290), content.lines[0].box, slack=0)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_on_any_side_reads_as_upright(turned: int) -> None:
    """An upright form shows by its labels that it is; one on its side or its head is turned and read."""
    spec = PageSpec(severity=1, width=2104, height=1488, skew_deg=1.2)
    pixels, truth = draw_page(spec, np.random.default_rng(17))
    shown = np.ascontiguousarray(np.rot90(np.asarray(pixels), turned // 90))
    reading = read_register_page(shown, 180, SERIES, READERS)
    assert (reading.orientation.turned_deg, reading.orientation.method) == (
        turned,
        "reading" if turned else "labels",
    )
    names = [person["name"].text for person in reading.content.persons]
    assert (
        sum(one == entry["name"] for one, entry in zip(names, truth.entries, strict=True)) >= len(names) - 1
    )
    x0, y0, x1, y1 = reading.content.persons[0]["name"].box
    assert ((x1 - x0) > (y1 - y0)) == (turned in (90, 270))
