"""The shipped series are complete and say what the design promises."""

import pytest

from domain.series import all_series, load_series, series_keys

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


def test_unknown_keys_say_what_exists() -> None:
    with pytest.raises(KeyError, match="colonial_register"):
        load_series("../colonial_register")
    with pytest.raises(KeyError, match="birth_date"):
        load_series("colonial_register").field("birthday")
