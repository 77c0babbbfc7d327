"""What may be done to requests; every one of them takes its step through `transition`."""
