"""Looking up: a case first, then the search, then the page."""
