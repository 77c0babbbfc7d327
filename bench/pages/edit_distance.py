"""Counts the characters that differ between two texts."""


def edit_distance(one: str, other: str) -> int:
    """Return how many characters must be put in, taken out or replaced to make one text the other
    (Levenshtein).
    """
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, start=1):
        above, row = row, [at]
        for col, target in enumerate(other, start=1):
            row.append(min(above[col] + 1, row[-1] + 1, above[col - 1] + (character != target)))
    return row[-1]
