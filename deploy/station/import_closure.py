"""Which modules a package needs, found by reading its imports, not by running it."""

import ast
from collections.abc import Iterator
from pathlib import Path


def import_closure(tree: Path, root: str) -> dict[str, Path]:
    """Return every module that the package `root` reaches, by name, with the packages around each."""
    rooms = {path.parent.name for path in tree.glob("*/__init__.py")}
    waiting = [name for name, _ in _modules_below(tree, root)]
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        path = module_path(tree, name)
        if name in found or path is None:
            continue
        found[name] = path
        waiting += _packages_around(name)
        waiting += [each for each in imported(path, name) if each.partition(".")[0] in rooms]
    return dict(sorted(found.items()))


def third_parties(tree: Path, closure: dict[str, Path], standard: frozenset[str]) -> set[str]:
    """Return the names imported from outside the tree and the standard library."""
    rooms = {path.parent.name for path in tree.glob("*/__init__.py")}
    tops = {each.partition(".")[0] for name, path in closure.items() for each in imported(path, name)}
    return tops - rooms - standard


def imported(path: Path, name: str) -> Iterator[str]:
    """Yield the names a module imports; of `from a import b` both a and a.b, since b may be a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            raise ValueError(f"{name}: a relative import; the house writes names whole")


def module_path(tree: Path, name: str) -> Path | None:
    """Return the file of a module or package, or None where there is no such module."""
    base = tree.joinpath(*name.split("."))
    return next((path for path in (base / "__init__.py", base.with_suffix(".py")) if path.is_file()), None)


def _modules_below(tree: Path, package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(tree.joinpath(*package.split(".")).rglob("*.py")):
        parts = path.relative_to(tree).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _packages_around(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts)))
