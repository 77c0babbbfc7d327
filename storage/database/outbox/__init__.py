"""Side effects that leave after commit: posted with the change, delivered at least once."""
