"""Surnames: which are known, and where a written name has its own.

Knowing a surname is evidence that a name was read rightly, nothing more: a name is never changed.
"""

from domain.surnames.split_name import WrittenName, split_name

__all__ = ["WrittenName", "split_name"]
