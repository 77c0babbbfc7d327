"""The judge's process: requests as lines of JSON in, verdicts out, until its parent is gone."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from ingest.station.judging.find_double import Earlier
from ingest.station.judging.judge_scan import judge_scan


def main() -> None:
    """Answer each request; a library that prints does not get between the answers."""
    with suppress(BrokenPipeError, KeyboardInterrupt):  # the parent is gone: nobody is left to answer
        _answer_all()


def _answer_all() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        earlier = [
            Earlier(page["scan"], Path(page["writing"]), page["zh"], page["en"])
            for page in request["earlier"]
        ]
        looks = Path(request["looks"]) if request["looks"] else None
        path, name, scan = Path(request["path"]), request["name"], request["scan"]
        spread, limits = request["spread"], request["limits"]
        verdict = judge_scan(path, name, looks, scan, earlier, spread=spread, limits=limits)
        print(json.dumps(verdict), file=answers, flush=True)


if __name__ == "__main__":
    main()
