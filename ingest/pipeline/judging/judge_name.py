"""Judge a name: whether its surname is known. A name is never inferred."""

from domain.series import Field
from domain.surnames import split_name
from ingest.pipeline.judging.judgement import Beside, Judgement


def judge_name(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Look a name's surname up."""
    return Judgement(("surname_known" if split_name(text).known else "surname_unknown",))
