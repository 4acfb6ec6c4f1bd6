"""Columns of facts in a file.

The file is one of NumPy or Parquet. Its notes, a JSON object, say in which format it is written, by which version of
wagefit, and hold the SHA-256 digest of all columns and the other notes, so that no damage is taken for figures.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray
from wagefit.shared.file_format import FileFormat
from wagefit.shared.files import replacing

NOTES = "wagefit"
FORMAT = FileFormat(
    number=2,  # the first one had no digest
    content="its cells",
    writer="Ensemble.save",
    changed="is damaged, its cells are not those that were saved; expected an unchanged file",
)

Columns = dict[str, FloatArray]
Notes = dict[str, Any]


def write_cells(path: Path, columns: Mapping[str, FloatArray], notes: Mapping[str, Any]) -> None:
    """Writes `columns` and `notes` to `path`, ``.npz`` or ``.parquet``; a half-written file never stands there."""
    kind = _suffix(path)
    text = json.dumps(FORMAT.head(notes, lambda unsigned: digest(columns, unsigned)))
    with replacing(path) as partial:
        if kind == ".npz":
            with partial.open("wb") as file:
                arrays: dict[str, Any] = {NOTES: np.array(text), **columns}
                np.savez(file, **arrays)
        else:
            arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
            table = arrow.table(dict(columns)).replace_schema_metadata({NOTES: text})
            parquet.write_table(table, partial)


def read_cells(path: Path) -> tuple[Columns, Notes]:
    """The columns and notes that `write_cells` wrote.

    Raises
    ------
    FactError
        The suffix is another, or the file is damaged, of another program or of a later version.
    OSError
        There is no such file, or it cannot be read.
    """
    parquet = import_module("pyarrow.parquet") if _suffix(path) == ".parquet" else None
    content = io.BytesIO(path.read_bytes())
    try:
        columns, text = _read_numpy(content) if parquet is None else _read_parquet(content, parquet)
        notes: Notes = json.loads(text)
    except Exception as error:  # both libraries have a class of their own for each kind of damage
        raise FactError(f"{path.name} is damaged or no file of cells; expected one that Ensemble.save wrote") from error
    FORMAT.require_unchanged(path.name, notes, lambda unsigned: digest(columns, unsigned))
    return columns, notes


def digest(columns: Mapping[str, FloatArray], notes: Mapping[str, Any]) -> str:
    """SHA-256 of notes and columns, whatever their order, and whichever way a NaN is written."""
    known = hashlib.sha256(json.dumps(dict(notes), sort_keys=True).encode())
    for name in sorted(columns):
        values = np.asarray(columns[name], dtype="<f8")
        known.update(f"\n{name} {values.shape}\n".encode())
        known.update(np.where(np.isnan(values), np.nan, values).tobytes())
    return known.hexdigest()


def _read_numpy(content: io.BytesIO) -> tuple[Columns, str]:
    with np.load(content) as stored:
        return {name: stored[name] for name in stored.files if name != NOTES}, str(stored[NOTES])


def _read_parquet(content: io.BytesIO, parquet: Any) -> tuple[Columns, str]:
    table = parquet.read_table(content)
    columns = {name: table[name].to_numpy().astype(float) for name in table.column_names}
    return columns, table.schema.metadata[NOTES.encode()].decode()


def _suffix(path: Path) -> str:
    if path.suffix not in (".npz", ".parquet"):
        raise FactError(f"path is {path.name!r}; expected a name that ends in .npz or .parquet")
    return path.suffix
