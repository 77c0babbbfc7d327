"""Forms of one broad character are of one kind; everything else is a kind of its own."""

from ingest.ocr.alphabet import BLANK, Alphabet, is_broad


def test_forms_of_a_broad_character_are_of_one_kind() -> None:
    kinds = Alphabet(["黃", "林", "黄", "吳", "呉", "一", "二", "三"]).kinds.tolist()
    assert kinds == [BLANK, 1, 2, 1, 4, 4, 6, 7, 8]


def test_what_is_not_broad_is_its_own_kind() -> None:
    alphabet = Alphabet(["a", "A", "1", "\uff11", " ", "\u3000"])
    assert len(set(alphabet.kinds.tolist())) == 7
    assert alphabet.broad.tolist() == [False, False, False, False, True, False, True]


def test_characters_are_broad_from_the_radicals_on() -> None:
    assert [is_broad(one) for one in "Aé1一ア㐀"] == [False, False, False, True, True, True]
