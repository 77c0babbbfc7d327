"""What things are called on screen, for templates: labels, moments, shares."""

from datetime import datetime

from jinja2 import Environment

from domain.roles import Role
from domain.series import Series, load_series, series_keys
from domain.workflow import Action, Kind, Label, State, fault_label, label_of
from index_service.requests.due_dates import TAIPEI

TONES = {
    "draft": "",
    "submitted": "info",
    "accepted": "info",
    "in_maintenance": "info",
    "awaiting_office": "warn",
    "awaiting_rescan": "warn",
    "awaiting_confirmation": "warn",
    "confirmed": "good",
    "published": "good",
    "returned": "bad",
    "rejected": "bad",
    "withdrawn": "",
    "merged": "",
    "cancelled": "bad",
}


def teach_words(environment: Environment) -> None:
    """Give templates the words: filters `moment`, `day`, `share`; functions for labels."""
    environment.filters.update(moment=moment, day=day, share=share)
    environment.globals.update(
        state_label=lambda value: label_of(State(value)),
        action_label=lambda value: label_of(Action(value)),
        kind_label=lambda value: label_of(Kind(value)),
        role_label=lambda value: label_of(Role(value)),
        state_tone=lambda value: TONES[str(value)],
        fault_label=fault_label,
        field_label=field_label,
        series_label=series_label,
    )


def moment(at: datetime | None) -> str:
    """Return a moment in Taiwan's time, to the minute; a dash where there is none."""
    return at.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M") if at else "—"


def day(at: datetime | None) -> str:
    """Return a day in Taiwan; a dash where there is none."""
    return at.astimezone(TAIPEI).strftime("%Y-%m-%d") if at else "—"


def share(value: float | None) -> str:
    """Return a share of one as per cent; a dash where there is none."""
    return "—" if value is None else f"{value:.0%}"


def field_label(series_key: str, key: str) -> Label:
    """Return what a field of a series is called."""
    series = known_series(series_key)
    if series is not None:
        for field in series.fields:
            if field.key == key:
                return Label(field.label, field.english)
    return Label(key, "")


def series_label(series_key: str) -> Label:
    """Return what a series is called."""
    series = known_series(series_key)
    return Label(series.title, series.english) if series else Label(series_key, "")


def known_series(series_key: str) -> Series | None:
    """Return the series of that key, if it is shipped."""
    return load_series(series_key) if series_key in series_keys() else None
