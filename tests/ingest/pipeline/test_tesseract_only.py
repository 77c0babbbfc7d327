"""A site that forbids every other engine reads its forms by Tesseract: the form whole, much of the writing.

How much is told by `make bench-pipeline` as huji_tesseract_only.
"""

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from bench.pages.edit_distance import edit_distance
from bench.pages.standard_page import TUNING_SEEDS, standard_page
from domain.series import load_series
from ingest.ocr.choose import choose_engines
from ingest.pipeline.calibrate import calibrate
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import PageReading

SEED = TUNING_SEEDS[610]
SERIES = ("household_registration", "initial_registration_application")


@cache
def read(series: str) -> tuple[dict[str, Any], PageReading]:
    drawn = standard_page(series, SEED, 0)
    engines = choose_engines(["rapidocr"])
    assert [engine.name for engine in engines] == ["tesseract"]
    reading = read_register_page(np.asarray(drawn.pixels), 300, load_series(series), Readers(engines[0]))
    return drawn.truth.as_json(), reading


@pytest.mark.parametrize("series", SERIES)
def test_the_form_is_told_and_every_person_on_it(series: str) -> None:
    truth, reading = read(series)
    assert reading.recogniser == "tesseract"
    assert len(reading.content.persons) == len(truth["entries"])
    assert set(reading.content.persons[0]) >= {"name", "birth_date"}


@pytest.mark.parametrize("series", SERIES)
def test_most_characters_of_names_are_read(series: str) -> None:
    truth, reading = read(series)
    pairs = [
        (entry["name"], person["name"].text)
        for entry, person in zip(truth["entries"], reading.content.persons, strict=True)
        if "name" in person
    ]
    counted: Counter[str] = Counter()
    for written, found in pairs:
        counted["wrong"] += min(len(written), edit_distance(written, found))
        counted["all"] += len(written)
    assert counted["wrong"] <= 0.4 * counted["all"]


@pytest.mark.parametrize("series", SERIES)
def test_no_name_that_is_wrong_is_called_sure(series: str) -> None:
    truth, reading = read(series)
    wrong = [
        person["name"]
        for entry, person in zip(truth["entries"], reading.content.persons, strict=True)
        if "name" in person and person["name"].text != entry["name"]
    ]
    assert wrong, "Tesseract reads all names of this page: take a harder one"
    assert all(value.confidence < 0.98 for value in wrong)


@pytest.mark.parametrize("series", SERIES)
def test_every_value_is_as_sure_as_the_curves_of_tesseract_say(series: str) -> None:
    """Not RapidOCR's, which were fitted to another engine's idea of sureness."""
    content = read(series)[1].content
    fields = load_series(series)
    values = [(key, value) for group in (content.household, *content.persons) for key, value in group.items()]
    assert values
    for key, value in values:
        assert value.raw_confidence is not None
        said = calibrate("tesseract", fields.field(key).kind, value.raw_confidence, value.evidence)
        assert value.confidence == said
