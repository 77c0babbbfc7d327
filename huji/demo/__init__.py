"""make demo: one volume through the whole house, with real processes, over HTTP, as its users would."""
