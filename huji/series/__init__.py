"""The series of a site: read from its directory, checked from the command line."""
