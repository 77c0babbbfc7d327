"""The mutated files, the same for the same seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.fuzz import jpeg, jpeg2000, pdf, png, tiff
from bench.fuzz.blind import BLIND
from bench.fuzz.seeds import draw_seeds

_AWARE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "tif": tiff.mutate,
    "jpg": jpeg.mutate,
    "png": png.mutate,
    "jp2": jpeg2000.mutate,
    "j2k": jpeg2000.mutate,
    "pdf": pdf.mutate,
}
_SHARE_AWARE = 0.6


@dataclass(frozen=True)
class Mutant:
    """A mutated file: its number, the seed's name, how it was mutated, its bytes."""

    number: int
    seed: str
    how: str
    data: bytes


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """Yield `count` files; the formats take turns, and so do the seeds of each."""
    seeds = draw_seeds()
    by_format: dict[str, list[str]] = {}
    for name in seeds:
        by_format.setdefault(name.rpartition(".")[2].replace("j2k", "jp2"), []).append(name)
    formats = list(by_format.values())
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        names = formats[number % len(formats)]
        name = names[number // len(formats) % len(names)]
        how, data = _mutated(name, seeds[name], rng)
        yield Mutant(number, name, how, data)


def _mutated(name: str, data: bytes, rng: random.Random) -> tuple[str, bytes]:
    aware = _AWARE[name.rpartition(".")[2]]
    if rng.random() < _SHARE_AWARE:
        return "structure", aware(data, rng)
    blind = rng.choice(BLIND)
    return blind.__name__, blind(data, rng)
