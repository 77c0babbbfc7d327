"""A test page of each series, drawn and read by the real engine."""

import pytest

from domain.series import load_series
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers
from tests.ingest.pipeline.series_pages import TestPage, series_pages

READERS = Readers(RapidRecogniser())
PAGES = series_pages()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_of_the_series_is_read(page: TestPage) -> None:
    """Its form told, its household and every person in order, each value in the field its label names."""
    content = read_register_page(page.draw(), 300, load_series(page.series), READERS).content
    assert content.form == page.form
    assert {key: value.text for key, value in content.household.items()} == page.household
    assert [{key: value.text for key, value in one.items()} for one in content.persons] == page.persons
