"""Station and agency API keys."""
