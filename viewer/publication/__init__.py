"""What is confirmed and waits to go live, and the editions that did."""
