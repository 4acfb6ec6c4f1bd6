"""The files of the project, and which modules of the package import which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "wagefit"
# Libraries that are optional or slow to import: only the functions that need them import them.
LATE = frozenset(
    {
        "dask",
        "duckdb",
        "formulaic",
        "matplotlib",
        "narwhals",
        "nbgrader",
        "numpy.random",
        "pandas",
        "polars",
        "pooch",
        "pyarrow",
        "pyspark",
    }
    | {"otter", "python_calamine", "requests", "rich", "scipy", "sklearn", "tomli", "tomllib", "traitlets", "typer"}
)
FOLDERS = ("benchmarks", "cpp", "docs", "python", "tests")


def files(*suffixes: str) -> list[Path]:
    """The project's own files with these endings."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes]
    return [path for path in found if "data" not in path.relative_to(ROOT).parts]


@dataclass(frozen=True)
class Import:
    """One import statement of a module, of one name.

    Attributes
    ----------
    importer, imported : str
        Modules by their dotted names; of ``from a import b`` the module ``a.b`` where there is one, else ``a``.
    is_local : bool
        Inside a function.
    line : int
    """

    importer: str
    imported: str
    is_local: bool
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def module_name(path: Path) -> str:
    """Dotted name of a module of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports() -> list[Import]:
    """Every import of every module of the package: at its top, inside functions, for type checkers only, by name."""
    known = modules()
    return [
        Import(importer, imported, is_local, statement.lineno)
        for importer, path in known.items()
        for statement, is_local in _statements(ast.parse(path.read_text(encoding="utf-8")))
        for imported in _imported(statement, known)
    ]


def _statements(node: ast.AST, is_local: bool = False) -> Iterator[tuple[ast.stmt | ast.Call, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom, ast.Call)):
            yield child, is_local
        is_function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        yield from _statements(child, is_local or is_function)


def _imported(statement: ast.stmt | ast.Call, known: dict[str, Path]) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        assert statement.level == 0, f"line {statement.lineno}: a relative import"
        origin = statement.module or ""
        names = [f"{origin}.{alias.name}" for alias in statement.names]
        return sorted({name if name in known or name == "wagefit._core" else origin for name in names})
    if isinstance(statement, ast.Call) and ast.unparse(statement.func).split(".")[-1] == "import_module":
        return [each.value for each in statement.args if isinstance(each, ast.Constant)]
    return []


def function_bodies(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of lines of each function's body, without signature and docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield node.name, lines
