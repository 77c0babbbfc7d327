"""Judge numbers that have a form of their own: 國民身分證統一編號 with its check digit, 戶號."""

from domain.identifiers import InvalidIdentifier, household_number, infer_national_id, national_id
from domain.series import Field
from ingest.pipeline.judging.judgement import Beside, Judgement


def judge_national_id(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Check a number's form and check digit; where they are wrong, offer what one lookalike comes to."""
    try:
        number = national_id.parse(text)
    except InvalidIdentifier:
        inferred = infer_national_id(text)
        if inferred is None:
            return Judgement(("number_invalid",))
        return Judgement(("number_invalid",), inferred=inferred.number.number, reason=inferred.reason)
    parsed = {"number": number.number, "holder": number.holder, "county": number.county, "sex": number.sex}
    return Judgement(("number_valid",), parsed)


def judge_household_number(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Check that a number is eight characters, a county's letter first."""
    try:
        number = household_number.parse(text)
    except InvalidIdentifier:
        return Judgement(("number_invalid",))
    return Judgement(("number_valid",), {"number": number.number, "county": number.county})
