"""What may be staged, edited and checked before anything is published."""
