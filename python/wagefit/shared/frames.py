"""Columns as a table of the data frame library that the caller uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from wagefit.shared.arguments import as_choice

BACKENDS = ("pandas", "polars", "pyarrow")
INSTALL = {"pandas": '"wagefit[pandas]"', "polars": '"wagefit[polars]"', "pyarrow": "pyarrow"}


def make_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, type], backend: str | None) -> Any:
    """A table of `backend` with `columns`; None in a column is a missing value.

    Parameters
    ----------
    columns : mapping {name: values}
        Columns of equal length n.
    types : mapping {name: int, float, str or bool}
        Type of each column.
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the result; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table

    Raises
    ------
    FactError
        If `backend` is none of these.
    ImportError
        If the library is not installed, saying what to install.
    """
    library = import_module(installed_backend(backend))
    narwhals = import_module("narwhals")
    kinds = {int: narwhals.Int64, float: narwhals.Float64, str: narwhals.String, bool: narwhals.Boolean}
    schema = {column: kinds[types[column]] for column in columns}
    return narwhals.from_dict(dict(columns), schema=schema, backend=library).to_native()


def installed_backend(backend: str | None) -> str:
    """`backend`, or the first library that is installed when it is None."""
    wanted = BACKENDS if backend is None else (as_choice("backend", backend, BACKENDS),)
    for name in wanted:
        if find_spec(name) is not None:
            return name
    needed = "one of pandas, polars, pyarrow" if backend is None else backend
    raise ImportError(f"a table needs {needed}: pip install {INSTALL[wanted[0]]}")
