"""What may be done to entries: create one, give it a new version."""
