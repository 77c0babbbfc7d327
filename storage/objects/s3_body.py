"""The body of an S3 answer as an ordinary reader."""

import io

import urllib3
from urllib3.response import BaseHTTPResponse

from storage.objects.errors import StoreUnavailable


class S3Body(io.RawIOBase):
    """Reads an answer to its declared end; a line that breaks off raises StoreUnavailable."""

    def __init__(self, key: str, response: BaseHTTPResponse) -> None:
        super().__init__()
        self._key = key
        self._response = response

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed names a private buffer protocol
        """Fill the buffer with what has come; 0 at the end."""
        try:
            chunk = self._response.read(len(buffer))
        except urllib3.exceptions.HTTPError as error:
            raise StoreUnavailable(f"{self._key}: the line to the S3 server broke off; try again") from error
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Give the connection back (after the end) or drop it (before)."""
        if not self.closed:
            self._response.close()
            self._response.release_conn()
        super().close()
