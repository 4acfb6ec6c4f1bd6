"""Where the functions of a formatted C++ file begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

DECLARATION_END = re.compile(r"^ {0,4}\S")  # functions stand at the margin, those of a class one step in
OTHER_BLOCK = re.compile(
    r"\s*(namespace|inline namespace|struct|class|enum|union|extern|using|if|for|while|switch|do|else|return|case)\b"
)
VARIABLE = re.compile(r"=\s*\w*\{$|^(const|constexpr|static|inline)[^(]*=")


def function_bodies(path: Path) -> Iterator[tuple[str, int]]:
    """First line and number of lines of each function's body, as clang-format lays them out, lambdas in it included."""
    lines = path.read_text(encoding="utf-8").splitlines()
    i = 0
    while i < len(lines):
        if lines[i].endswith("{"):
            start = _start_of_declaration(lines, i)
            if _opens_function([line.strip() for line in lines[start : i + 1]]):
                end = _closing_line(lines, i + 1, len(lines[start]) - len(lines[start].lstrip()))
                yield lines[start].strip(), end - i - 1
                i = end
        i += 1


def _start_of_declaration(lines: list[str], i: int) -> int:
    """Above its other lines and the initializers of a constructor."""
    while i > 0 and (not DECLARATION_END.match(lines[i]) or lines[i].lstrip().startswith(": ")):
        i -= 1
    return i


def _opens_function(declaration: list[str]) -> bool:
    text = " ".join(declaration)
    return "(" in text and not OTHER_BLOCK.match(declaration[0]) and not VARIABLE.search(text)


def _closing_line(lines: list[str], i: int, indent: int) -> int:
    while i < len(lines) and not lines[i].startswith(" " * indent + "}"):
        i += 1
    return i
