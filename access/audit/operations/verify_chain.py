"""Verify the hash chain from its first event to its head."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.audit.canonical_event import canonical_event
from access.audit.chain import GENESIS, commitment, link
from access.audit.tables import AuditEvent, AuditSealer, AuditSecret

BLOCK = 1000


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verification found: `broken_at` is the first position that does not follow; None if all do."""

    sealed: int
    unsealed: int
    head: str
    broken_at: int | None
    commitments_broken: int
    anchor_missing: bool = False

    @property
    def intact(self) -> bool:
        """Tell whether nothing sealed was changed, removed or inserted."""
        return self.broken_at is None and self.commitments_broken == 0 and not self.anchor_missing


def verify_chain(session: Session, anchor: tuple[int, str] | None = None) -> ChainReport:
    """Recompute every link and every surviving commitment, and compare with the head that is kept.

    `anchor` is a position and hash noted outside this database at an earlier verification. Whoever can
    write the whole database can cut the tail and the kept head alike; only an anchor shows that.
    """
    position, head, broken = 0, GENESIS, None
    anchored = anchor is None or anchor == (position, head)
    while broken is None:
        block = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.position > position)
            .order_by(AuditEvent.position)
            .limit(BLOCK)
            .execution_options(populate_existing=True)
        ).all()
        if not block:
            break
        for event in block:
            position += 1
            expected = link(head, position, canonical_event(event))
            if (event.position, event.previous_hash, event.chain_hash) != (position, head, expected):
                broken = position
                break
            head = expected
            anchored = anchored or anchor == (position, head)
        session.expunge_all()
    if broken is None and _kept_head(session) != (position, head):
        broken = position + 1
    unsealed = session.scalar(select(func.count()).where(AuditEvent.position.is_(None))) or 0
    return ChainReport(position, unsealed, head, broken, _broken_commitments(session), not anchored)


def _kept_head(session: Session) -> tuple[int, str]:
    sealer = session.get(AuditSealer, 1)
    return (0, GENESIS) if sealer is None else (sealer.head_position, sealer.head_hash)


def _broken_commitments(session: Session) -> int:
    rows = session.execute(
        select(AuditSecret, AuditEvent.facts).join(AuditEvent, AuditEvent.id == AuditSecret.event_id)
    ).yield_per(BLOCK)
    return sum(facts.get(secret.field) != commitment(secret.salt, secret.value) for secret, facts in rows)
