"""The HTTP applications, composed."""
