"""Judge numbers that have a form of their own: 國民身分證統一編號 with its check digit, 戶號."""

from collections.abc import Sequence

from domain.identifiers import infer_national_id
from domain.parsed_form import parsed_form
from domain.series import Field
from ingest.pipeline.judging.judgement import Judgement


def judge_national_id(field: Field, text: str, others: Sequence[str]) -> Judgement:  # noqa: ARG001 - one signature
    """Check a number's form and check digit; where they are wrong, offer what one lookalike comes to."""
    parsed = parsed_form("national_id", text)
    if parsed is not None:
        return Judgement(("number_valid",), parsed)
    inferred = infer_national_id(text)
    if inferred is None:
        return Judgement(("number_invalid",))
    return Judgement(("number_invalid",), inferred=inferred.number.number, reason=inferred.reason)


def judge_household_number(field: Field, text: str, others: Sequence[str]) -> Judgement:  # noqa: ARG001 - one signature
    """Check that a number is eight characters, a county's letter first."""
    parsed = parsed_form("household_number", text)
    return Judgement(("number_invalid" if parsed is None else "number_valid",), parsed)
