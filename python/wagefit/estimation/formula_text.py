"""The text of a formula with its columns under plain names.

A column may be called like a function (``exp``), like a word of Python (``class``) or hold spaces and dots between
backquotes. Every column is therefore evaluated under an alias that nothing else is called.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from wagefit.errors import FactError

TOKEN = re.compile(
    r"`(?P<quoted>[^`]*)`"
    r"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""  # text
    r"|\d[\d.]*(?:[eE][+-]?\d+)?"  # a number
    r"|\.\s*[^\W\d]\w*"  # an attribute
    r"|(?P<name>[^\W\d]\w*)(?P<after>\s*(?:\(|\.|=(?!=)))?"
)
COLOR = re.compile(r"\x1b\[[0-9;]*m")
BY_ROW = ("C", "I", "exp", "exp2", "exp10", "log", "log2", "log10")
"""Functions of formulaic whose values depend on nothing but their row, and on the levels that there are."""
OTHER_LOGS = frozenset({"log10", "log2", "log1p"})
MODULES = ("np", "contr")
"""Names before a dot that mean a module, whatever columns there are."""


@dataclass(frozen=True)
class AliasedFormula:
    """A formula whose columns have aliases."""

    text: str
    aliases: Mapping[str, str]
    """Column of each alias, in the order of the formula."""

    def shown(self, text: str) -> str:
        """`text` with the columns' own names."""
        if not self.aliases:
            return text
        pattern = "|".join(map(re.escape, sorted(self.aliases, key=len, reverse=True)))
        return re.sub(pattern, lambda match: self.aliases[match[0]], text)

    def reason(self, error: Exception) -> str:
        """What an error says in its first line, with the columns' own names and without colors of a terminal."""
        lines = COLOR.sub("", str(error)).strip().splitlines()
        return self.shown(lines[0]) if lines else type(error).__name__


def is_by_row(term: str) -> bool:
    """Whether the value of a term in a row depends on that row alone, or on the levels that there are.

    Anything but operators and functions that are known to be so is taken for what does not: centers and spreads, knots,
    the row before.
    """
    for node in ast.walk(ast.parse(term, mode="eval")):
        if isinstance(node, (ast.Subscript, ast.Lambda, ast.comprehension)):
            return False
        if isinstance(node, ast.Call) and not _acts_by_row(ast.unparse(node.func)):
            return False
    return True


def logarithm_of(term: str) -> str:
    """Whether a term is a logarithm as it is written: "natural", "other" (another base or multiple), or "" if none.

    Sums with a natural logarithm are natural ones, of a product; multiples and quotients are not.
    """
    return _logarithm(ast.parse(term, mode="eval").body)


def _logarithm(node: ast.AST) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        kinds = {_logarithm(node.left), _logarithm(node.right)}
        return next((kind for kind in ("other", "natural") if kind in kinds), "")
    function = _function(node)
    if function in ("I", "center") and isinstance(node, ast.Call) and node.args:
        return _logarithm(node.args[0])
    if function == "log":
        return "natural"
    is_multiple = isinstance(node, ast.BinOp) or function in ("scale", "standardize")
    inner = {_function(part) for part in ast.walk(node)}
    return "other" if inner & OTHER_LOGS or (is_multiple and "log" in inner) else ""


def _function(node: ast.AST) -> str:
    """Name of the function that is called, without its module; empty where none is."""
    return ast.unparse(node.func).removeprefix("np.") if isinstance(node, ast.Call) else ""


def _acts_by_row(function: str) -> bool:
    module, _, name = function.rpartition(".")
    if module == "contr":
        return True
    is_universal = isinstance(getattr(np, name, None), np.ufunc)
    return (module == "np" and is_universal) or (not module and function in BY_ROW)


def aliased(formula: str, columns: Iterable[str]) -> AliasedFormula:
    """`formula` with an alias for each of `columns` that it names.

    A name before ``(`` is a function and one before ``=`` an argument, also where a column is called so.

    Raises
    ------
    FactError
        No column has the name between backquotes.
    """
    known = list(columns)
    stem = "_column"
    while any(stem in name for name in (formula, *known)):
        stem += "_"
    alias_of: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        name, after = match["quoted"], match["after"] or ""
        if name is None:
            name = match["name"]
            ends = after.strip()
            if name not in known or ends in ("(", "=") or (ends == "." and name in MODULES):
                return match[0]
        elif name not in known:
            raise FactError(f"formula is {formula!r}; {name} is no column of the frame: {', '.join(known)}")
        return alias_of.setdefault(name, f"{stem}{len(alias_of)}_") + after

    text = TOKEN.sub(replaced, formula)
    return AliasedFormula(text, {alias: name for name, alias in alias_of.items()})
