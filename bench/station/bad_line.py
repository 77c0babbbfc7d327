"""A line that breaks: a TCP proxy that cuts, truncates and delays at random points, either way."""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_CHUNK = 4096
_ABORT = struct.pack("ii", 1, 0)


@dataclass
class BadLine:
    """Its port, and how often it broke; `whole` ends the breaking."""

    port: int
    target: int
    chance: random.Random
    cuts: int = 0
    whole: bool = False
    kinds: dict[str, int] = field(default_factory=dict)

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Carry one connection until its bytes are used up, then break it."""
        try:
            far, on = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            back.close()
            return
        left = [self._budget()]
        both = [
            asyncio.ensure_future(self._pump(near, on, left)),
            asyncio.ensure_future(self._pump(far, back, left)),
        ]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        broke = left[0] <= 0
        for task in both:
            task.cancel()
        if broke:
            self._break(back, on)
        for writer in (back, on):
            writer.close()

    def _budget(self) -> float:
        """Return after how many bytes to break: mostly within a page, at times within a large file."""
        if self.whole:
            return float("inf")
        most = 120_000 if self.chance.random() < 0.8 else 7_000_000
        # Whole bytes: with part of one left, bytes would vanish on a line that stays up, as TCP never does.
        return self.chance.randint(0, most)

    async def _pump(self, read: asyncio.StreamReader, write: asyncio.StreamWriter, left: list[float]) -> None:
        with suppress(OSError):
            while data := await read.read(_CHUNK):
                data = data[: max(0, int(left[0]))] if left[0] < len(data) else data
                left[0] -= max(len(data), 1)
                write.write(data)
                await write.drain()
                if left[0] <= 0:
                    return
                if self.chance.random() < 0.01 and not self.whole:
                    await asyncio.sleep(self.chance.uniform(0, 0.05))

    def _break(self, back: asyncio.StreamWriter, on: asyncio.StreamWriter) -> None:
        """Reset both ends, or close one side as if its bytes were all there were."""
        kind = self.chance.choice(("reset", "reset", "truncated"))
        self.cuts += 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        for writer in (back, on) if kind == "reset" else ():
            sock: socket.socket = writer.get_extra_info("socket")
            with suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
            writer.transport.abort()


@contextmanager
def bad_line(target: int, seed: int) -> Iterator[BadLine]:
    """Run a line to a port of this machine."""
    loop = asyncio.new_event_loop()
    line = BadLine(0, target, random.Random(seed))
    server = loop.run_until_complete(asyncio.start_server(line.carry, "127.0.0.1", 0))
    line.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
