"""Notebooks as scripts in the percent format, which jupytext reads as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from wagefit.errors import FactError

MARKER = re.compile(r"# %%(?P<markdown> \[markdown\])?(?P<options>( \w+=\"[^\"]*\")*)")
OPTION = re.compile(r"(\w+)=\"([^\"]*)\"")
FENCE = "# ---"


@dataclass(frozen=True)
class SourceCell:
    """One cell of a script: its text, and the options in the line that begins it."""

    kind: Literal["markdown", "code"]
    text: str
    options: dict[str, str]
    line: int


def read_percent(script: str) -> tuple[SourceCell, ...]:
    """The cells of a script; FactError with the number of the line that is none of the format."""
    cells: list[SourceCell] = []
    for line, marker, body in _blocks(script):
        found = MARKER.fullmatch(marker)
        if found is None:
            raise FactError(
                f'line {line} is {marker!r}; expected # %%, perhaps [markdown], then options such as q="q1"'
            )
        is_markdown = found["markdown"] is not None
        text = "\n".join(_uncommented(body, line) if is_markdown else body).strip("\n")
        kind: Literal["markdown", "code"] = "markdown" if is_markdown else "code"
        cells.append(SourceCell(kind, text, dict(OPTION.findall(found["options"])), line))
    if not cells:
        raise FactError("the script has no cell; expected a line that begins with # %%")
    return tuple(cells)


def _blocks(script: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, marker and body of each cell; a header between two fences is left out."""
    lines = script.splitlines()
    start = lines.index(FENCE, 1) + 1 if lines[:1] == [FENCE] and FENCE in lines[1:] else 0
    marks = [i for i in range(start, len(lines)) if lines[i].startswith("# %%")]
    first = marks[0] if marks else len(lines)
    stray = [i for i in range(start, first) if lines[i].strip()]
    if stray:
        raise FactError(f"line {stray[0] + 1} is before the first cell; expected a line that begins with # %%")
    for here, there in pairwise([*marks, len(lines)]):
        yield here + 1, lines[here].rstrip(), lines[here + 1 : there]


def _uncommented(body: list[str], line: int) -> Iterator[str]:
    for i, text in enumerate(body, line + 1):
        if text.strip() and not text.startswith("#"):
            raise FactError(f"line {i} is {text!r} in a cell of text; expected a line that begins with #")
        yield text[2:] if text.startswith("# ") else text[1:]
