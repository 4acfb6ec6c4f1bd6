"""Runs the code of a notebook in one namespace, and takes apart the solutions folded below its exercises."""

from __future__ import annotations

import contextlib
import io
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import nbformat
from matplotlib import pyplot as plt

from ..shared_data import shared_folder

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
TUTORIAL = sorted(NOTEBOOKS.glob("*.ipynb"))
FOLDED = re.compile(r"<details>\n<summary>(.*?)</summary>\n\n(.*?)\n\n</details>", re.DOTALL)
CODE_AND_OUTPUT = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


class Solution(NamedTuple):
    """A folded solution: its heading, its code, and what the notebook says that the code prints."""

    heading: str
    code: str
    printed: str


def cells_of(stem: str, kind: str) -> list[str]:
    """Sources of a notebook's cells of one kind, `code` or `markdown`; the notebook's name may be cut short."""
    (path,) = NOTEBOOKS.glob(f"{stem}*.ipynb")
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@lru_cache(maxsize=1)
def names_left_by(stem: str) -> dict[str, Any]:
    """The names that a notebook leaves when it is run from top to bottom; skips where its real files are not here."""
    mpl.use("agg")
    if any("WAGEFIT_DATA" in source for source in cells_of(stem, "code")):
        os.environ.setdefault("WAGEFIT_DATA", str(shared_folder("microdata").parent))
    names: dict[str, Any] = {"__name__": "__main__"}
    for source in cells_of(stem, "code"):
        run(source, names)
    return names


def run(source: str, names: dict[str, Any]) -> str:
    """Executes one cell and returns what it prints. Pictures are closed instead of shown."""
    printed = io.StringIO()
    shown, plt.show = plt.show, lambda: plt.close("all")
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "<cell>", "exec"), names)
    finally:
        plt.show = shown
        plt.close("all")
    return printed.getvalue()


def solutions_of(stem: str) -> list[Solution]:
    """The folded solutions of a notebook, in their order."""
    folded = [found for source in cells_of(stem, "markdown") for found in FOLDED.findall(source)]
    parts = [(heading, CODE_AND_OUTPUT.findall(body)) for heading, body in folded]
    return [Solution(heading, code, printed) for heading, blocks in parts for code, printed in blocks]
