"""One token scheme, two engines."""
