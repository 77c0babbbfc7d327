"""What the crew does with a volume on the desk, one operation a module; each is one event in the journal."""
