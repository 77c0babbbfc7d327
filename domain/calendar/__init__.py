"""民國 and Japanese eras: parse, convert, format, ranges."""
