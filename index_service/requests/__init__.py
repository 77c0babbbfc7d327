"""The offices' requests and their workflow."""
