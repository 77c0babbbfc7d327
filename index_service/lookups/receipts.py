"""Receipts: the code by which a look is answered for."""

import secrets

# Crockford's base 32: no letter can be taken for a digit when it is read out.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_receipt() -> str:
    """Return a code of 60 random bits, such as 7Q2M-K0ZD-4T9X."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join((code[:4], code[4:8], code[8:]))
