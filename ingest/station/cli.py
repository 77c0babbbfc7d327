"""`huji station` and `huji-station`: one set of commands, each module imported when it is called."""

import io
import sys

import click

from ingest.station.load_when_called import LoadedWhenCalled

COMMANDS = {
    "check": "ingest.station.commands.check:check",
    "export": "ingest.station.commands.export:export",
    "run": "ingest.station.commands.run:run",
    "status": "ingest.station.commands.status:status",
    "tidy": "ingest.station.commands.tidy:tidy",
    "upload": "ingest.station.commands.upload:upload",
    "verify": "ingest.station.commands.verify:verify",
}


@click.group(
    cls=LoadedWhenCalled,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def station() -> None:
    """Work of a scanning station 掃描站作業: scan, check, send.

    \b
    Examples:
      huji-station run --spool D:\\huji --hot D:\\scans --server https://huji.example --key-file station.key
      huji-station check page.tif
      huji-station export 甲-1 E:\\ --spool D:\\huji
    """


def main() -> None:
    """Run as a program of its own."""
    # A console that cannot show a character, as Windows's may, shows its number and goes on.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    station(prog_name="huji-station")


if __name__ == "__main__":
    main()
