"""Routes, operations and what is below are plain functions; see docs/decisions/0007-synchronous-python.md."""

import ast
from pathlib import Path

from tests.house.tree import ROOMS, files_ending, read_text

_BELOW_THE_EDGE = {
    "domain",
    "imaging",
    "storage",
    "access",
    "operations",
    "queries",
    "jobs",
    "pipeline",
    "layout",
    "ocr",
}
_ROUTES = {"get", "post", "put", "patch", "delete", "head", "api_route", "route"}


def coroutines(path: Path, text: str) -> list[str]:
    """Return the coroutines that a file may not define.

    At the edge a framework may want one (a middleware, a dependency that reads a body piece by piece);
    a route is never one, and nothing below the edge is.
    """
    below = _BELOW_THE_EDGE & {*path.parts[:-1], path.stem}
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.AsyncFunctionDef)]
    return [f"{path}:{node.lineno} {node.name}" for node in found if below or _is_route(node)]


def _is_route(node: ast.AsyncFunctionDef) -> bool:
    calls = [decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in _ROUTES for call in calls)


def test_no_room_has_coroutines() -> None:
    """No route is a coroutine, and no operation, query, job or rule."""
    paths = [path for path in files_ending(".py") if path.parts[0] in ROOMS]
    assert [fault for path in paths for fault in coroutines(path, read_text(path) or "")] == []


def test_coroutines_are_seen() -> None:
    """A route and an operation are reported, a middleware is not."""
    route = "@router.get('/x')\nasync def page(): pass\n"
    assert coroutines(Path("viewer/home/routes.py"), route) == ["viewer/home/routes.py:2 page"]
    assert coroutines(Path("ingest/uploads/operations/take.py"), "async def take(): pass") != []
    assert (
        coroutines(Path("huji/http/headers.py"), "@app.middleware('http')\nasync def headers(): pass\n") == []
    )
