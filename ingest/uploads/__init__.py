"""Uploads in parts, resumable, verified before they are acknowledged."""
