"""The shipped series are complete and say what the design promises."""

from dataclasses import fields

import pytest

from domain.series import all_series, bare_label, load_series, series_keys
from imaging.quality import Thresholds

HOUSEHOLD = {"address", "head"}
PERSON = {
    "name",
    "relation",
    "birth_date",
    "birth_order",
    "father",
    "mother",
    "occupation",
    "origin",
    "notes",
}
SENSITIVE = {"不具", "種痘", "阿片吸食", "纏足", "種別"}


def test_shipped_series_are_found_by_key() -> None:
    assert series_keys() == (
        "colonial_register",
        "colonial_removed_register",
        "household_registration",
        "household_removed_registration",
        "initial_registration_application",
        "plain_pages",
        "registration_application",
    )
    assert [series.key for series in all_series()] == list(series_keys())


@pytest.mark.parametrize("key", ["colonial_register", "colonial_removed_register"])
def test_colonial_registers_have_the_field_keys_of_the_design(key: str) -> None:
    series = load_series(key)
    assert {field.key for field in series.fields_at("household")} >= HOUSEHOLD
    assert {field.key for field in series.fields_at("person")} >= PERSON
    assert {series.field("birth_date").kind, series.field("address").kind} == {"date", "place"}
    assert series.direction == "vertical"
    assert series.permanent


def test_colonial_sensitive_fields_are_masked() -> None:
    masked = {field.label for field in load_series("colonial_register").fields if field.masked}
    assert masked >= SENSITIVE
    assert "姓名" not in masked


@pytest.mark.parametrize(
    ("label", "key"),
    [("氏名", "name"), ("生年月日", "birth_date"), ("戶主トノ續柄", "relation"), ("現 住 所", "address")],
)
def test_printed_labels_name_their_field(label: str, key: str) -> None:
    field = load_series("colonial_register").field_labelled(label)
    assert field is not None
    assert field.key == key


def test_an_unknown_label_names_no_field() -> None:
    assert load_series("colonial_register").field_labelled("電話") is None


def test_applications_are_open_ended_and_horizontal() -> None:
    series = load_series("registration_application")
    assert series.open_ended
    assert series.direction == "horizontal"


def test_plain_pages_have_a_name_and_notes() -> None:
    assert [field.key for field in load_series("plain_pages").fields] == ["name", "notes"]


def test_every_series_names_its_source_and_only_known_limits() -> None:
    names = {one.name for one in fields(Thresholds)}
    for series in all_series():
        assert series.source
        assert set(series.quality) <= names, series.key


def test_post_war_registers_and_their_removed_pages_differ_by_the_removal() -> None:
    kept, removed = load_series("household_registration"), load_series("household_removed_registration")
    extra = {field.key for field in removed.fields} - {field.key for field in kept.fields}
    assert extra == {"removed_on", "removed_for"}
    kinds = {field.key: field.kind for field in removed.fields}
    assert (kinds["national_id"], kinds["household_number"]) == ("national_id", "household_number")


@pytest.mark.parametrize("key", ["national_id", "death_cause", "first_witness", "second_witness", "custody"])
def test_what_is_about_health_or_third_persons_is_masked_on_applications(key: str) -> None:
    assert load_series("registration_application").field(key).masked


def test_each_application_has_its_form() -> None:
    forms = load_series("registration_application").forms
    assert [form.key for form in forms] == ["birth", "death", "marriage", "divorce"]
    assert [len(form.parties) for form in forms] == [0, 0, 2, 2]


@pytest.mark.parametrize(("text", "bare"), [("戸 主", "戶主"), ("出生年月日（民國）", "出生年月日民國")])
def test_labels_are_compared_bare(text: str, bare: str) -> None:
    assert bare_label(text) == bare == bare_label(bare)


def test_unknown_keys_say_what_exists() -> None:
    with pytest.raises(KeyError, match="colonial_register"):
        load_series("../colonial_register")
    with pytest.raises(KeyError, match="birth_date"):
        load_series("colonial_register").field("birthday")
