"""Read a request's raw body, bounded, before the route runs."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from access.http.problems import Problem


class TooLarge(Problem):
    """More bytes than the route takes (413)."""

    status = 413


def bounded_body(largest: int) -> Callable[[Request], Awaitable[bytes]]:
    """Return a dependency that gives the body of at most `largest` bytes; raises TooLarge."""

    async def read(request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > largest:
                raise TooLarge(
                    "body_too_large",
                    f"一次最多可送 {largest} 位元組。",
                    f"At most {largest} bytes may be sent at once.",
                )
        return bytes(body)

    return read
