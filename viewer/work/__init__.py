"""The operator's desk: proposals beside the page, least certain first."""
