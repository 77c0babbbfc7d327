"""The office's requests: the form, before and after, confirm or dispute."""
