"""Where an S3 server is and how patiently to talk to it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.util import Retry, Timeout


@dataclass(frozen=True, slots=True)
class S3Connection:
    """Addresses and keys of one bucket; `public_endpoint` is the address that stations and browsers reach.

    Endpoints are written `http://host:port` or `https://host`. Times are in seconds.
    """

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    public_endpoint: str | None = None
    region: str = "us-east-1"
    connect_timeout: float = 3.0
    read_timeout: float = 30.0
    retries: int = 3

    def __repr__(self) -> str:
        """Without the keys, for logs."""
        return f"S3Connection({self.endpoint}/{self.bucket})"


def split_endpoint(endpoint: str) -> tuple[str, bool]:
    """The host with its port, and whether it speaks TLS; raises ValueError."""
    parts = urlsplit(endpoint)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ValueError(f"an S3 endpoint is http://host:port or https://host with no path, not {endpoint!r}")
    return parts.netloc, parts.scheme == "https"


def make_pool(connection: S3Connection) -> urllib3.PoolManager:
    """HTTP connections with explicit patience; every request this package makes may be repeated."""
    return urllib3.PoolManager(
        maxsize=16,
        timeout=Timeout(connect=connection.connect_timeout, read=connection.read_timeout),
        retries=Retry(
            total=connection.retries,
            backoff_factor=0.2,
            status_forcelist=[500, 502, 503, 504],
            allowed_methods=None,
            raise_on_status=False,
        ),
    )
