"""Change sets: staged work, visible to nobody outside."""
