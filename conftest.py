"""What holds for every test of the house."""

pytest_plugins = ["tests.no_skips"]
