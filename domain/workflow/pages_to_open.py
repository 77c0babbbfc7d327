"""Which pages a confirmer has to open before confirming."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from math import ceil

from domain.workflow.states import Kind


def pages_to_open(
    kind: Kind,
    pages: Sequence[str],
    *,
    changed: Collection[str],
    doubtful: Collection[str] = (),
    sample_rate: float = 0.05,
    seed: str,
    sample_failed: bool = False,
) -> tuple[str, ...]:
    """The page ids to open, in the order of `pages`.

    Maintenance: every changed page. A first load: every flagged or doubtful page and a sample of the others,
    at least one; a failed sample requires every page. `sample_rate` is a share from 0 to 1. The sample is
    drawn by hashing `seed` (the delivery's id) with each page id: anybody can draw it again, and nobody can
    know it before the delivery.

    Raises:
        ValueError: the sample rate is no share.
    """
    if not 0 <= sample_rate <= 1:
        raise ValueError(f"sample_rate is a share from 0 to 1, not {sample_rate}")
    if kind is not Kind.FIRST_LOAD:
        return tuple(page for page in pages if page in changed)
    if sample_failed:
        return tuple(pages)
    others = [page for page in pages if page not in doubtful]
    size = min(len(others), max(1, ceil(len(others) * sample_rate)))
    sample = set(sorted(others, key=lambda page: _lot(seed, page))[:size])
    return tuple(page for page in pages if page in doubtful or page in sample)


def _lot(seed: str, page: str) -> bytes:
    return sha256(f"{seed}\0{page}".encode()).digest()
