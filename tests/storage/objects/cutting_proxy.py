"""A line between client and server that breaks off after so many bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class CuttingProxy:
    """Forwards loopback connections to `target`; each breaks after its allowance in either direction."""

    target: int
    upwards: int
    downwards: int
    listener: socket.socket = field(default_factory=socket.socket)

    @property
    def port(self) -> int:
        """Where the proxy listens."""
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        """Accept until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                for source, sink, allowance in (
                    (client, server, self.upwards),
                    (server, client, self.downwards),
                ):
                    threading.Thread(target=_forward, args=(source, sink, allowance), daemon=True).start()


def _forward(source: socket.socket, sink: socket.socket, allowance: int) -> None:
    with suppress(OSError):
        while allowance > 0 and (chunk := source.recv(min(65536, allowance))):
            sink.sendall(chunk)
            allowance -= len(chunk)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def cutting_proxy(target: int, upwards: int = 1 << 40, downwards: int = 1 << 40) -> Iterator[CuttingProxy]:
    """Run a proxy in front of a loopback port; allowances are in bytes a connection."""
    proxy = CuttingProxy(target, upwards, downwards)
    proxy.listener.bind(("127.0.0.1", 0))
    proxy.listener.listen()
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.close()
