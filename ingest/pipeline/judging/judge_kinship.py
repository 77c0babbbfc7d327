"""Judge kinship terms and orders of birth: whether they are known. They are never inferred."""

from domain.kinship import known_order, known_relation
from domain.series import Field
from ingest.pipeline.judging.judgement import Beside, Judgement


def judge_relation(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Look a kinship term up."""
    return Judgement(("relation_known" if known_relation(text) else "relation_unknown",))


def judge_order(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Look an order of birth up."""
    return Judgement(("order_known" if known_order(text) else "order_unknown",))
