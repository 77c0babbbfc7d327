"""Every look, answered for."""
