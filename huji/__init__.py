"""Composition root: settings, wiring, HTTP apps, worker, scheduler, CLI."""
