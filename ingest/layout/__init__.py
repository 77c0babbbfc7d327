"""Pure arrays: rulings to grid to cells to text columns."""
