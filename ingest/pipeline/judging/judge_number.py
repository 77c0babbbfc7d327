"""Judge numbers that have a form of their own: 國民身分證統一編號 with its check digit, 戶號."""

from domain.identifiers import infer_national_id
from domain.parsed_form import household_number_form, national_id_form
from domain.series import Field
from ingest.pipeline.judging.judgement import Beside, Judgement


def judge_national_id(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Check a number's form and check digit; where they are wrong, offer what one lookalike comes to."""
    parsed = national_id_form(text)
    if parsed is not None:
        return Judgement(("number_valid",), parsed)
    inferred = infer_national_id(text)
    if inferred is None:
        return Judgement(("number_invalid",))
    return Judgement(("number_invalid",), inferred=inferred.number.number, reason=inferred.reason)


def judge_household_number(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Check that a number is eight characters, a county's letter first."""
    parsed = household_number_form(text)
    return Judgement(("number_invalid" if parsed is None else "number_valid",), parsed)
