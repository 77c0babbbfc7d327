"""Judge a name: whether its surname is known. A name is never inferred."""

from collections.abc import Sequence

from domain.series import Field
from domain.surnames import split_name
from ingest.pipeline.judging.judgement import Judgement


def judge_name(field: Field, text: str, others: Sequence[str]) -> Judgement:  # noqa: ARG001 - one signature
    """Look a name's surname up."""
    return Judgement(("surname_known" if split_name(text).known else "surname_unknown",))
