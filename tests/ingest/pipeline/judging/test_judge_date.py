"""A date is held against its register's years and today."""

from datetime import date

import pytest

from domain.series import load_series
from ingest.pipeline.judging.judge_text import judge_text
from ingest.pipeline.judging.judgement import ANOTHER_READING, Beside

COLONIAL = load_series("colonial_register").field("birth_date")
POSTWAR = load_series("household_registration").field("birth_date")
APPLIED = load_series("registration_application").field("applied_on")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["昭和五年三月一日", "慶應二年", "光緒三年", "道光三十年", "明治三十年五月三日"]
)
def test_births_before_the_first_register_are_valid(text: str) -> None:
    """慶應, 光緒 and 道光 are years of people who stand in it."""
    assert judge_text(COLONIAL, text, Beside((), TODAY)).evidence == ("date_valid",)


@pytest.mark.parametrize(
    ("text", "evidence", "remark"),
    [
        ("昭和五十年三月一日", "date_doubtful", "outside_period"),
        ("民國一百三十年三月一日", "date_invalid", "in_future"),
        ("嘉慶五年三月", "date_valid", "lunisolar"),
        ("寬政元年", "date_doubtful", "outside_period"),
    ],
)
def test_a_date_outside_is_doubted_and_says_why(text: str, evidence: str, remark: str) -> None:
    """It is parsed as it is written all the same."""
    judged = judge_text(COLONIAL, text, Beside((), TODAY))
    assert judged.evidence == (evidence,)
    assert judged.parsed is not None
    assert remark in judged.parsed["remarks"]


def test_the_same_date_is_valid_in_another_register() -> None:
    assert judge_text(POSTWAR, "民國五十年三月一日", Beside((), TODAY)).evidence == ("date_valid",)


def test_an_application_of_tomorrow_is_never_valid() -> None:
    """Its series has no last day but today."""
    text = "民國一百十五年十一月二十三日"
    assert judge_text(APPLIED, text, Beside((), TODAY)).evidence == ("date_invalid",)
    assert judge_text(APPLIED, text, Beside((), date(2026, 11, 23))).evidence == ("date_valid",)


def test_another_reading_within_the_years_is_offered() -> None:
    """One that lies outside as well is not."""
    judged = judge_text(COLONIAL, "昭和五十年", Beside(("昭和五十五年", "昭和五年"), TODAY))
    assert (judged.inferred, judged.reason) == ("昭和五年", ANOTHER_READING)


def test_what_is_partly_unreadable_is_doubtful_and_nothing_is_offered() -> None:
    judged = judge_text(COLONIAL, "明治三■年", Beside(("明治三十年",), TODAY))
    assert (judged.evidence, judged.inferred) == (("date_doubtful",), None)
