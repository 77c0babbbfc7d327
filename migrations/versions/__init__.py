"""Migrations in order; each names the one it follows."""
