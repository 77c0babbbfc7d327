"""Kinship terms (續柄, 稱謂) and orders of birth (出生別): which are known.

Knowing a term is evidence that it was read rightly, nothing more: kinship decides who inherits, so what was
written is never changed to a likelier word.
"""

from domain.kinship.known_terms import known_order, known_relation

__all__ = ["known_order", "known_relation"]
