"""The pure pipeline on files, with no server: what `huji inspect` prints."""
