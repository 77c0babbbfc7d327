"""Invents entries and questions: python -m bench.search.generate 20000 --out var/search.

Writes OUT/entries.jsonl, as `huji admin load` takes it, and OUT/truth.jsonl, as `make bench-search` does.
"""

import argparse
import sys
from pathlib import Path

from bench.search.ask_questions import ask_questions
from bench.search.invent_people import OFFICE, invent_people
from bench.search.truth import write_lines


def main(arguments: list[str] | None = None) -> int:
    """Invent and write; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.search.generate", description=__doc__)
    parser.add_argument("count", type=int, help="entries")
    parser.add_argument("--each", type=int, default=10, help="questions of each class (10)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed invents the same (7)")
    parser.add_argument("--out", type=Path, default=Path("var/search"), help="folder (var/search)")
    parser.add_argument("--office", default=OFFICE, help=f"the office's code ({OFFICE})")
    asked = parser.parse_args(arguments)
    people = invent_people(asked.count, asked.seed)
    questions = ask_questions(people, asked.each, asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    write_lines(asked.out / "entries.jsonl", [one.row | {"office": asked.office} for one in people])
    write_lines(asked.out / "truth.jsonl", [one.as_json() for one in questions])
    print(f"{len(people)} entries and {len(questions)} questions in {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
