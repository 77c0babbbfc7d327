"""Judge free texts, and codes that a form lets one choose."""

from domain.characters import fold, infer_lookalikes
from domain.series import Field
from ingest.pipeline.judging.judgement import Beside, Judgement


def judge_free_text(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Offer the kana or kanji that a lookalike's neighbours speak for (二因リ: ニ因リ)."""
    offered = infer_lookalikes(text)
    if offered is None:
        return Judgement()
    return Judgement(("lookalikes",), inferred=offered.text, reason=offered.reason)


def judge_code(field: Field, text: str, beside: Beside) -> Judgement:  # noqa: ARG001 - one signature
    """Say whether a code is one that the form lets one write; nothing where it lets one write anything."""
    if not field.values:
        return Judgement()
    known = {fold(value) for value in field.values}
    return Judgement(("value_known" if fold(text) in known else "value_unknown",))
