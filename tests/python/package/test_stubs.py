"""The hand-written stub of the compiled core says what the core is."""

from __future__ import annotations

import ast
import importlib.resources
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from wagefit import _core

from ..source_tree import ROOT

STUB = ast.parse(importlib.resources.files("wagefit").joinpath("_core.pyi").read_text())

# pybind11 shows an enum default as <Name.member: 1>, and other objects as <...>.
ENUM_DEFAULT = re.compile(r"<([\w.]+): [^>]*>")
OTHER_DEFAULT = re.compile(r"<[^>]*>")

Signature = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs mypy or its stubtest in the project."""
    return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_stub_matches_the_core() -> None:
    """mypy.stubtest finds no name missing and none too many."""
    done = mypy("mypy.stubtest", "wagefit._core", "--allowlist", "tests/python/package/stubtest-allowlist.txt")
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_passes_mypy() -> None:
    """The whole package is typed, strictly."""
    done = mypy("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def signature(function: ast.FunctionDef) -> Signature:
    """Positional argument names, keyword-only names, and the defaults of both as source text."""
    arguments = function.args
    defaults = [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
    return (
        tuple(argument.arg for argument in [*arguments.posonlyargs, *arguments.args]),
        tuple(argument.arg for argument in arguments.kwonlyargs),
        tuple(ast.unparse(default) for default in defaults),
    )


def documented_signatures(function: object) -> list[Signature]:
    """Signatures in the docstring that pybind11 writes: its first line, or the numbered lines of an overload."""
    lines = (inspect.getdoc(function) or "").splitlines()
    heads = [match.group(1) for line in lines if (match := re.match(r"\d+\. (\w+\(.*)", line))] or lines[:1]
    found = []
    for head in heads:
        text = OTHER_DEFAULT.sub("...", ENUM_DEFAULT.sub(r"\1", head))
        (parsed,) = ast.parse(f"def {text}: ...").body
        assert isinstance(parsed, ast.FunctionDef)
        found.append(signature(parsed))
    return found


def stubbed_functions() -> Iterator[tuple[str, object, list[Signature]]]:
    """Name, compiled object and stubbed signatures of every function and method of the stub."""
    bodies: list[tuple[str, object, list[ast.stmt]]] = [("", _core, STUB.body)]
    bodies += [
        (f"{node.name}.", getattr(_core, node.name), node.body) for node in STUB.body if isinstance(node, ast.ClassDef)
    ]
    for prefix, owner, body in bodies:
        grouped: dict[str, list[Signature]] = {}
        for node in body:
            if isinstance(node, ast.FunctionDef) and not any(is_property(item) for item in node.decorator_list):
                grouped.setdefault(node.name, []).append(signature(node))
        for name, signatures in grouped.items():
            yield prefix + name, getattr(owner, name), signatures


def is_property(decorator: ast.expr) -> bool:
    """Whether a decorator makes a property, which has no signature to compare."""
    return isinstance(decorator, ast.Name) and decorator.id == "property"


def has_signature(function: object) -> bool:
    """Whether pybind11 wrote the function's docstring; enums and exceptions have Python's own."""
    return re.match(r"\w+\(", inspect.getdoc(function) or "") is not None


COMPILED = [pytest.param(f, stubbed, id=name) for name, f, stubbed in stubbed_functions() if has_signature(f)]


@pytest.mark.parametrize(("function", "stubbed"), COMPILED)
def test_stub_has_the_arguments_of_the_core(function: object, stubbed: list[Signature]) -> None:
    """Argument names, keyword-only marks and defaults, which stubtest cannot see in compiled functions."""
    assert documented_signatures(function) == stubbed
