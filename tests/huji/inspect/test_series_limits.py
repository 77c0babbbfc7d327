"""A series' own limits decide what a page's checks say."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from domain.series import load_series
from huji.inspect.inspect_file import InspectSettings, inspect_file
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from tests.ingest.drawn_form import blank, write


@pytest.mark.parametrize(("limits", "verdict"), [({}, "accept"), ({"noise_flag": 0.0}, "flag")])
def test_a_series_limit_changes_the_verdict(limits: dict[str, float], verdict: str, tmp_path: Path) -> None:
    Image.fromarray(write(blank(300, 700), "申請日期", 60, 100, vertical=False)).save(tmp_path / "page.png")
    series = replace(load_series("colonial_register"), quality=limits)
    with closing(LimitedDecoder()) as decoder:
        settings = InspectSettings(series, Readers(choose_engines(())[0]), decoder=decoder)
        found = inspect_file(tmp_path / "page.png", settings)
    assert found["quality"]["noise"]["verdict"] == verdict
