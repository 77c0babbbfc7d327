"""Type faces are found, and where they are not the error says what to install."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.pages import find_faces as module
from bench.pages.find_faces import NoFacesError, choose_face, find_faces
from bench.pages.ink_glyphs import draw_glyph, has_glyph
from bench.pages.read_data import read_toml


def test_every_face_is_installed() -> None:
    assert [face.id for face in find_faces()] == [row["id"] for row in read_toml("faces")["face"]]


@pytest.mark.parametrize("present", [(), ("TW-Kai-98_1.ttf", "ukai.ttc")])
def test_a_missing_face_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, present: tuple[str, ...]
) -> None:
    """With a face fewer the same seed would draw other pages, and figures could not be compared."""
    for name in present:
        (tmp_path / name).touch()
    monkeypatch.setattr(module, "ROOTS", (str(tmp_path),))
    monkeypatch.setattr(module, "_listed_by_fontconfig", list)
    with pytest.raises(NoFacesError, match=r"missing are: .*全字庫正宋體.*fonts-cns11643-sung"):
        find_faces.__wrapped__()


def test_a_face_there_is_none_of_is_told_with_those_there_are() -> None:
    with pytest.raises(NoFacesError, match=r"no-such-face; there are tw-kai, "):
        choose_face("hand", "no-such-face")


def test_a_character_no_face_has_is_known_to_be_missing() -> None:
    assert not any(has_glyph(face, "\U0010ff00") for face in find_faces())


def test_every_character_of_a_name_can_be_drawn() -> None:
    names = read_toml("names")
    used = set(
        "".join(names["surnames"] + names["men"] + names["women"]) + "".join(names["variants"].values())
    )
    for character in used:
        assert any(has_glyph(face, character) for face in find_faces()), character
        assert draw_glyph(find_faces()[0], character, 24).max() > 128


def test_a_face_is_not_asked_for_what_it_misdraws() -> None:
    plain = find_faces()[0]
    wrong = replace(find_faces()[-1], misdraws="真")
    assert has_glyph(plain, "真")
    assert not has_glyph(wrong, "真")
    assert np.array_equal(draw_glyph(wrong, "真", 40), draw_glyph(plain, "真", 40))


def test_weights_of_one_design_are_one_family() -> None:
    families: dict[str, set[str]] = {}
    for row in read_toml("faces")["face"]:
        families.setdefault(row["family"], set()).add(row["id"])
    assert families["noto-serif"] == {"noto-serif", "noto-serif-bold"}
    assert families["lxgw-wenkai"] == {"lxgw-wenkai", "lxgw-wenkai-light"}
    assert len(families) >= 6
