"""make demo: one volume through the whole house."""
