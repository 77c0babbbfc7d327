"""戶號, volumes, pages and letter numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import InvalidIdentifier, household_number, letter_number, page, volume


def test_household_numbers() -> None:
    assert household_number.parse("f1234567").county == "新北市"
    assert household_number.format(household_number.parse("Ｆ１２３ ４５６７")) == "F1234567"
    for wrong in ("12345678", "F123456", "F12345678", ""):
        with pytest.raises(InvalidIdentifier, match="eight characters"):
            household_number.validate(wrong)


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("12", "12"),
        ("12-1", "12-1"),
        ("１２之１", "12-1"),
        ("十二", "12"),
        ("第十二頁", "12"),
        ("第廿三頁之二", "23-2"),
        ("壹佰零五", "105"),
        ("0012", "12"),
        ("12背", "12背"),
        ("12裏", "12背"),
        ("12正面", "12正"),
        ("12甲", "12甲"),
        ("12a", "12A"),
        ("封面", "封面"),
    ],
)
def test_pages(text: str, even: str) -> None:
    assert page.format(page.parse(text)) == even
    assert page.order_key(even) == page.order_key(text)


def test_pages_sort_as_they_lie_in_the_book() -> None:
    lying = ["封面", "1", "2", "九", "10", "12", "12-1", "12-2", "12-10", "12甲", "12乙"]
    lying += ["12正", "12背", "13", "封底"]
    shuffled = lying[::2] + lying[1::2]
    assert sorted(shuffled, key=page.order_key) == lying


@pytest.mark.parametrize("text", ["", "頁", "十二十", "12--1", "A", "■", "12-"])
def test_what_names_no_page_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        page.validate(text)


@given(st.lists(st.integers(1, 999), min_size=1, max_size=3).map(tuple))
def test_pages_are_read_back(numbers: tuple[int, ...]) -> None:
    text = "-".join(str(number) for number in numbers)
    assert page.parse(text).numbers == numbers
    assert page.format(page.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        ("12", "", (12,)),
        ("第十二冊", "", (12,)),
        ("本籍第三冊", "本籍", (3,)),
        ("除戶簿甲-12", "除戶簿甲", (12,)),
        ("0123", "", (123,)),
        ("寄留 第5之2冊", "寄留", (5, 2)),
    ],
)
def test_volumes(text: str, name: str, numbers: tuple[int, ...]) -> None:
    parsed = volume.parse(text)
    assert (parsed.name, parsed.numbers) == (name, numbers)
    assert volume.order_key(volume.format(parsed)) == volume.order_key(text)


def test_volumes_sort_by_number_not_by_letters() -> None:
    assert sorted(["第10冊", "第2冊", "第二冊之一"], key=volume.order_key) == [
        "第2冊",
        "第二冊之一",
        "第10冊",
    ]
    with pytest.raises(InvalidIdentifier, match="number"):
        volume.validate("本籍")


@pytest.mark.parametrize(
    ("text", "word", "number", "year"),
    [
        ("北市中戶資字第1150001234號", "北市中戶資", "1150001234", 115),
        ("台內戶字第09400726572號", "台內戶", "09400726572", 94),
        ("府民戶字第 12345 號", "府民戶", "12345", None),
        ("北市中戶資字第１１５０００１２３４號", "北市中戶資", "1150001234", 115),
        ("台內戶字第1150001234A號", "台內戶", "1150001234A", 115),
    ],
)
def test_letter_numbers(text: str, word: str, number: str, year: int | None) -> None:
    parsed = letter_number.parse(text)
    assert (parsed.word, parsed.number, parsed.roc_year) == (word, number, year)
    assert letter_number.parse(letter_number.format(parsed)) == parsed


@pytest.mark.parametrize(
    "text", ["", "1150001234", "字第1號", "北市中戶資字第號", "北市中戶資字第1150001234"]
)
def test_what_is_no_letter_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="1150001234"):
        letter_number.validate(text)
