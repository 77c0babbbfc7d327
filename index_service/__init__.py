"""What is indexed, staged, published and looked up."""
