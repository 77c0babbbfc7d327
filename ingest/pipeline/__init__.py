"""Plan (pure) and run (load, steps, save)."""
