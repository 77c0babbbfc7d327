"""Pure imaging: bytes and arrays in, arrays and frozen results out."""
