"""Invented households are coherent: parents, birth orders and dates agree."""

import numpy as np
import pytest

from bench.pages.invent_household import Household, invent_household
from bench.pages.invent_members import DAUGHTERS, SONS
from bench.pages.lay_out import form_ids, lay_out, read_form
from bench.pages.place_text import place_value
from bench.pages.read_data import read_toml

SEEDS = range(120)


def households(persons: int = 8) -> list[Household]:
    return [invent_household(np.random.default_rng(seed), persons) for seed in SEEDS]


@pytest.mark.parametrize("persons", [6, 7, 8])
def test_as_many_people_as_asked(persons: int) -> None:
    assert all(len(household.entries) == persons for household in households(persons))


def test_own_children_name_head_and_wife_as_parents() -> None:
    for household in households():
        head = household.fields["head"]
        wives = [entry["name"] for entry in household.entries if entry["relation"] == "妻"]
        children = [entry for entry in household.entries if entry["relation"] in SONS + DAUGHTERS]
        assert all(child["father"] == head for child in children)
        assert all(child["mother"] in wives for child in children if wives)


def test_own_children_are_counted_in_order() -> None:
    for household in households():
        relations = [entry["relation"] for entry in household.entries]
        for orders in (SONS, DAUGHTERS):
            counted = [relation for relation in relations if relation in orders]
            assert counted == list(orders[: len(counted)])
        assert all(
            e["birth_order"] == e["relation"] for e in household.entries if e["relation"] in SONS + DAUGHTERS
        )


def test_names_on_a_page_differ() -> None:
    for household in households():
        names = [entry["name"] for entry in household.entries]
        assert len(set(names)) == len(names)


def test_a_birth_remark_repeats_the_birth_date() -> None:
    seen = 0
    for household in households():
        for entry in household.entries:
            if entry["notes"].endswith("日出生"):
                seen += 1
                assert entry["notes"] == entry["birth_date"] + "出生"
    assert seen > 50


def test_variant_characters_occur() -> None:
    variants = set(read_toml("names")["variants"].values())
    written = {c for household in households() for entry in household.entries for c in entry["name"]}
    assert len(variants & written) >= 3


@pytest.mark.parametrize("form_id", form_ids())
def test_every_text_fits_every_form_at_a_readable_size(form_id: str) -> None:
    layout = lay_out(read_form(form_id), 3508, 2480, 1.0, 8)
    sizes = read_toml("forms")["sizes"]
    for household in households():
        for slot in layout.slots:
            if slot.kind == "value" and slot.entry is not None:
                text = household.entries[slot.entry][slot.field]
                glyphs = place_value(text, slot.box, sizes[slot.field], 1.0)
                assert all(glyph.size >= 38 for glyph in glyphs), (slot.field, text)
