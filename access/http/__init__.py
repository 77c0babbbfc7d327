"""The HTTP edge that every room above shares: guard, problems, preconditions, idempotency, cursors."""
