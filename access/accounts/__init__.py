"""People's accounts and passwords."""
