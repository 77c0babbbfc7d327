"""Mutated files: none crashes the parent, hangs, or takes more memory than a page may."""

from bench.fuzz.__main__ import MOST_MEMORY, MOST_SECONDS
from bench.fuzz.mutate import mutants
from bench.fuzz.seeds import draw_seeds
from bench.fuzz.torment import torment
from imaging.decoding import decode
from ingest.decoding.limited_decoder import LimitedDecoder

COUNT, SEED = 200, 3
FORMATS = {"tif", "jpg", "png", "jp2", "j2k", "pdf"}


def test_every_seed_is_sound() -> None:
    seeds = draw_seeds()
    assert {name.rpartition(".")[2] for name in seeds} == FORMATS
    assert all(decode(data).pixels.shape[2] == 3 for data in seeds.values())


def test_the_same_seed_mutates_the_same() -> None:
    assert [one.data for one in mutants(12, 5)] == [one.data for one in mutants(12, 5)]
    assert [one.data for one in mutants(12, 5)] != [one.data for one in mutants(12, 6)]


def test_two_hundred_mutated_files_do_no_harm() -> None:
    decoder = LimitedDecoder()
    try:
        trials = list(torment(decoder, mutants(COUNT, SEED)))
    finally:
        decoder.close()
    assert [trial.mutant.number for trial in trials] == list(range(COUNT))
    assert [trial.outcome for trial in trials if trial.stray] == []
    assert max(trial.seconds for trial in trials) <= MOST_SECONDS
    assert max(trial.peak for trial in trials) <= MOST_MEMORY
    # Mutations that all decode, or that are all refused at the first byte, would try nothing.
    outcomes = {trial.outcome for trial in trials}
    assert {"decoded", "damaged", "truncated", "too_large"} <= outcomes
