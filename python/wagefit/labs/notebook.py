"""Notebooks as they are stored: JSON of format 4.5, the same bytes for the same text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class NotebookCell:
    """One cell; ``name`` makes its id, which stays the same when other cells change."""

    kind: Literal["markdown", "code", "raw"]
    text: str
    name: str
    metadata: dict[str, Any] = field(default_factory=dict)


def make_notebook(cells: Iterable[NotebookCell]) -> dict[str, Any]:
    """The notebook of some cells, without outputs."""
    return {"cells": [_stored(cell) for cell in cells], "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}


def write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    """Writes a notebook, making its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook of a file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def text_of(cell: dict[str, Any]) -> str:
    """The text of a stored cell, which is one string or a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _stored(cell: NotebookCell) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": hashlib.sha256(cell.name.encode()).hexdigest()[:12],
        "metadata": cell.metadata,
        "source": cell.text,
    }
    return stored | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})
