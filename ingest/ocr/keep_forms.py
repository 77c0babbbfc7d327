"""Keep the other forms of its characters that a line was read in, beside the reading that is kept."""

from dataclasses import replace

from domain.characters import fold
from ingest.ocr.port import Reading

MOST = 4
"""Alternatives kept of a line."""


def keep_forms(other: Reading, kept: Reading) -> Reading:
    """Return the reading kept of two looks at a line, with what the other look read in other forms.

    黄 and 黃 are both names as written: the look that loses leaves its form among the alternatives, as likely
    as what the kept look leaves open. What it read as other characters is dropped with it.
    """
    known = {kept.text, *(text for text, _ in kept.alternatives)}
    seen = ((other.text, other.confidence), *other.alternatives)
    forms = [
        (text, (1 - kept.confidence) * share)
        for text, share in seen
        if text and text not in known and fold(text) == fold(kept.text)
    ]
    if not forms:
        return kept
    # A form is kept before another word: it is what a person has to decide.
    others = kept.alternatives[: max(0, MOST - len(forms))]
    return replace(kept, alternatives=tuple(sorted((*forms, *others), key=lambda pair: -pair[1])))
