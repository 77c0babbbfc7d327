"""Every limit is told to people as it stands, and each that flags has one that refuses."""

import re
from dataclasses import asdict
from math import isclose
from pathlib import Path

from imaging.quality import Thresholds
from imaging.quality.thresholds import NEVER

TOLD = Path("docs/quality.md").read_text("utf-8")
LIMITS = asdict(Thresholds())
_OTHERWISE = {"clipped_flag": "white_refuse", "paper_light_flag": "ink_light_refuse"}


def test_the_page_about_the_checks_tells_every_limit_as_it_is() -> None:
    told = {name: value.rstrip(".") for name, value in re.findall(r"`([a-z_]+)` (never|[\d.]+)", TOLD)}
    assert set(told) == set(LIMITS)
    for name, value in told.items():
        shipped = abs(LIMITS[name])
        assert shipped == NEVER if value == "never" else isclose(shipped, float(value)), name


def test_each_limit_that_flags_has_one_that_refuses() -> None:
    for name in LIMITS:
        if name.endswith("_flag"):
            assert _OTHERWISE.get(name, name.replace("_flag", "_refuse")) in LIMITS
