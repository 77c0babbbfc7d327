"""The station's command as a process; the tests start it."""

from ingest.station.cli import station

if __name__ == "__main__":
    station()
