"""Every notebook runs from top to bottom, and none carries outputs in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from ..shared_data import shared_folder

NOTEBOOKS = sorted((Path(__file__).resolve().parents[3] / "notebooks").rglob("*.ipynb"))
TIMEOUT = 120  # seconds a cell


def names(notebooks: list[Path]) -> list[str]:
    return [path.stem for path in notebooks]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
def test_notebook_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    if any("WAGEFIT_DATA" in cell.source for cell in notebook.cells):
        shared_folder("microdata")  # skips where the answers are not here
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", resources=resources)
    if os.name == "posix":  # kernels started at the same time can pick the same TCP port
        kernel = client.create_kernel_manager()
        kernel.transport, kernel.ip = "ipc", str(tmp_path / "kernel")
    client.execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
def test_notebook_is_stored_without_outputs(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert cells
    assert [cell.id for cell in cells if cell.outputs or cell.execution_count is not None] == []
