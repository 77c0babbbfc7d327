"""A verdict as the journal keeps it and the page shows it: a level, lamps, and what to do."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

Json = dict[str, Any]
LEVELS = ("green", "amber", "red")
_OF_VERDICT = {"accept": "green", "flag": "amber", "refuse": "red"}


@cache
def lamps() -> tuple[Json, ...]:
    """Return the lamps in the order shown."""
    table = tomllib.loads((files("ingest.station.judging") / "lamps.toml").read_text("utf-8"))
    return tuple(table["lamps"])


def make_verdict(findings: Sequence[Json], **more: Any) -> Json:
    """Return the verdict of findings {check, verdict, zh, en, where}: a lamp is as bad as its worst."""
    shown = [_lamp(lamp, findings) for lamp in lamps()]
    shown = [lamp for lamp in shown if lamp["key"] != "other" or lamp["faults"]]
    return {"level": worst(lamp["level"] for lamp in shown), "lamps": shown, **more}


def refused(zh: str, en: str) -> Json:
    """Return the verdict on a file that cannot be decoded."""
    finding = {"check": "decoding", "verdict": "refuse", "zh": zh, "en": en, "where": None}
    return make_verdict([finding], frames=1, undecodable=True)


def worst(levels: Any) -> str:
    """Return the worst of some levels, green of none."""
    return max(levels, key=LEVELS.index, default="green")


def _lamp(lamp: Json, findings: Sequence[Json]) -> Json:
    named = {check for each in lamps() for check in each["checks"]}
    mine = [
        found
        for found in findings
        if found["check"] in lamp["checks"] or (lamp["key"] == "other" and found["check"] not in named)
    ]
    faults = [found for found in mine if found["verdict"] != "accept"]
    level = worst(_OF_VERDICT[found["verdict"]] for found in faults)
    return {
        **{name: lamp[name] for name in ("key", "zh", "en", "do_zh", "do_en")},
        "level": level,
        "faults": faults,
    }
