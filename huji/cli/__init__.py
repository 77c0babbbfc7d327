"""The huji command."""
