"""What the station says about a scan while the book is still open: sharp, whole, straight, new."""
