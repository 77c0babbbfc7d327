"""Pictures of pages for those who maintain them, and the boxes laid over them."""
