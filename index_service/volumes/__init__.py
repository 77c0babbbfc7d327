"""Volumes (簿冊): registered before their pages arrive."""
