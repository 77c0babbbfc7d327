"""Mutated image files against the limited decoder: none may crash it, hang it or fill its memory."""
