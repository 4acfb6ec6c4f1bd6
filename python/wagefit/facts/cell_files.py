"""Columns of facts in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from wagefit._core import __version__
from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray

NOTES = "wagefit"


def write_cells(path: Path, columns: Mapping[str, FloatArray], notes: Mapping[str, Any]) -> None:
    """Writes `columns` and `notes` to `path`, ``.npz`` or ``.parquet``; a half-written file never stands there."""
    text = json.dumps({**notes, "version": __version__})
    partial = path.with_name(f".{path.name}.partial")
    try:
        if _suffix(path) == ".npz":
            with partial.open("wb") as file:
                arrays: dict[str, Any] = {NOTES: np.array(text), **columns}
                np.savez(file, **arrays)
        else:
            arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
            table = arrow.table(dict(columns)).replace_schema_metadata({NOTES: text})
            parquet.write_table(table, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_cells(path: Path) -> tuple[dict[str, FloatArray], dict[str, Any]]:
    """The columns and notes that `write_cells` wrote."""
    if _suffix(path) == ".npz":
        with np.load(path) as stored:
            columns = {name: stored[name] for name in stored.files if name != NOTES}
            return columns, json.loads(str(stored[NOTES])) if NOTES in stored.files else _reject(path)
    table = import_module("pyarrow.parquet").read_table(path)
    text = (table.schema.metadata or {}).get(NOTES.encode())
    notes = json.loads(text) if text else _reject(path)
    return {name: table[name].to_numpy().astype(float) for name in table.column_names}, notes


def _reject(path: Path) -> Any:
    raise FactError(f"{path.name} was not written by Ensemble.save; expected such a file")


def _suffix(path: Path) -> str:
    if path.suffix not in (".npz", ".parquet"):
        raise FactError(f"path is {path.name!r}; expected a name that ends in .npz or .parquet")
    return path.suffix
