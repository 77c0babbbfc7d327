"""Quality checks, one module each, registered in one tuple."""
