"""How sure a value may be called: fitted to drawn pages, and tried on others."""
