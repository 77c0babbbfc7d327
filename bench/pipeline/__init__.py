"""The page pipeline measured beside its peers."""
