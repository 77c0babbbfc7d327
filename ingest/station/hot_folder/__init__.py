"""The folder that the scanner's software drops files into."""
