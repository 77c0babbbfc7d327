"""Values as written: what recognition may and may not overwrite."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from index_service.entries.field_values import (
    Fields,
    changed_keys,
    confirmed_value,
    doubt_in,
    edited_value,
    has_boxes,
    is_a_persons,
    placed,
    recognised_value,
    shape_defects,
    with_recognised,
    without_boxes,
)

PERSON = uuid.UUID(int=7)
KEYS = st.sampled_from(["name", "father", "mother", "notes"])
BOXES = st.none() | st.just([1.0, 2.0, 3.0, 4.0])
INKED = st.sampled_from(([], ["red"], ["black", "red"]))
READ = st.builds(
    lambda text, confidence, box, inks: recognised_value(
        {"text": text, "confidence": confidence, "box": box, **({"inks": inks} if inks else {})}
    ),
    st.text(max_size=4),
    st.floats(0, 1),
    BOXES,
    INKED,
)
VALUES = st.one_of(
    READ,
    READ.map(lambda value: edited_value("改" + value["text"], by=PERSON, before=value)),
    READ.map(lambda value: confirmed_value(value, by=PERSON)),
)
FIELDS = st.dictionaries(KEYS, VALUES)


@given(FIELDS, st.dictionaries(KEYS, READ), st.booleans())
def test_recognition_never_overwrites_what_a_person_typed_or_confirmed(
    standing: Fields, read: Fields, texts: bool
) -> None:
    merged = with_recognised(standing, read, texts=texts)
    for key, value in standing.items():
        if is_a_persons(value) or not texts:
            assert merged[key]["text"] == value["text"]
            assert merged[key]["confirmed_by"] == value["confirmed_by"]


@given(FIELDS, st.dictionaries(KEYS, READ))
def test_no_old_box_survives_a_new_image(standing: Fields, read: Fields) -> None:
    merged = with_recognised(without_boxes(standing), read, texts=True)
    for key, value in merged.items():
        assert value["box"] is None or value["box"] == read[key]["box"]
        assert "inks" not in value or value["inks"] == read[key]["inks"]


@given(FIELDS)
def test_doubt_is_the_least_unconfirmed_confidence(fields: Fields) -> None:
    left = [one["confidence"] for one in fields.values() if one["text"] and not one["confirmed_by"]]
    assert doubt_in(fields) == (min(left) if left else 1.0)
    assert doubt_in({key: confirmed_value(one, by=PERSON) for key, one in fields.items()}) == 1.0


@given(FIELDS)
def test_every_value_made_here_is_well_formed(fields: Fields) -> None:
    assert shape_defects(fields) == []
    assert not has_boxes(without_boxes(fields))
    assert changed_keys(fields, fields) == set()


def test_inks_stay_with_their_box_whatever_a_person_makes_of_the_text() -> None:
    read = recognised_value({"text": "死亡", "confidence": 0.4, "box": [1, 2, 3, 4], "inks": ["red"]})
    for value in (confirmed_value(read, by=PERSON), edited_value("除戶", by=PERSON, before=read)):
        assert value["inks"] == ["red"]
    assert "inks" not in placed(read, [5, 6, 7, 8])
    assert placed(read, [5, 6, 7, 8], ["black"])["inks"] == ["black"]


def test_bad_shapes_are_named() -> None:
    good = edited_value("陳", by=PERSON)
    bad = {
        "text": {**good, "text": 5},
        "confidence": {**good, "confidence": 1.5},
        "box": {**good, "box": [5, 0, 1, 1]},
        "provenance": {**good, "provenance": "guessed"},
        "inks": {**good, "inks": ["crimson"]},
        "ink": {**good, "inks": "red"},
        "whole": "陳",
    }
    assert shape_defects({"good": good, **bad}) == list(bad)
