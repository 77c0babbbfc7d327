"""Server-side sign-in sessions."""
