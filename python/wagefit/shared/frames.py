"""Between a table of pandas, polars or pyarrow and its columns as arrays, in both directions.

This module alone uses narwhals, and imports it where a table is at hand: the import costs as much time as the rest of
the package, and many uses of the package have no table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.shared.arguments import as_choice

BACKENDS = ("pandas", "polars", "pyarrow")
INSTALL = {"pandas": '"wagefit[pandas]"', "polars": '"wagefit[polars]"', "pyarrow": "pyarrow"}


def columns_of(frame: Any) -> dict[str, Any]:
    """The columns of a table by name, each one value a row.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A table of n rows.

    Returns
    -------
    dict {name: ndarray or pandas.Series}
        Arrays of shape (n,): numbers as floats with NaN where they are missing, text as objects with None where it is
        missing. Columns of pandas stay series, numbered from 0, because a categorical one orders its levels.

    Raises
    ------
    FactError
        If `frame` is no such table, or two of its columns have one name.
    """
    import narwhals as nw

    if nw.dependencies.is_pandas_dataframe(frame):
        names = require_distinct([str(name) for name in frame.columns])
        return {name: frame.iloc[:, i].reset_index(drop=True) for i, name in enumerate(names)}
    require_distinct(getattr(frame, "column_names", ()))  # of pyarrow, which alone lets two columns have one name
    try:
        table = nw.from_native(frame, eager_only=True)
    except TypeError as error:
        raise FactError(f"frame is {type(frame).__name__}; expected a pandas, polars or pyarrow table") from error
    return {name: _plain(table[name].to_numpy()) for name in table.columns}


def declared_levels(frame: Any) -> dict[str, tuple[Any, ...]]:
    """Levels in their declared order of each column of polars or pyarrow that declares some, by name.

    That are the enumerations of polars and the dictionaries of pyarrow; categoricals of pandas hold theirs themselves.
    """
    import narwhals as nw

    if nw.dependencies.is_pandas_dataframe(frame):
        return {}
    table = nw.from_native(frame, eager_only=True)
    levels: dict[str, tuple[Any, ...]] = {}
    for name, dtype in table.schema.items():
        if isinstance(dtype, nw.Enum):
            levels[name] = tuple(dtype.categories)
        elif isinstance(dtype, nw.Categorical) and nw.dependencies.is_pyarrow_table(frame):
            chunks = frame.column(name).unify_dictionaries().chunks
            levels[name] = tuple(chunks[0].dictionary.drop_null().to_pylist()) if chunks else ()
    return levels


def require_distinct(names: Sequence[str]) -> Sequence[str]:
    """`names`; FactError where two columns have the same one."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise FactError(f"two columns are named {twice[0]!r}; expected a name of its own for each column")
    return names


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Text as objects; flags and decimals among which some are missing as floats."""
    if values.dtype.kind == "U":
        return values.astype(object)
    if values.dtype.kind != "O" or any(isinstance(value, str) for value in values):
        return values
    try:
        return values.astype(float)
    except (TypeError, ValueError):  # dates, lists and whatever else is no number
        return values


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
    import narwhals as nw

    kinds: dict[type, Any] = {int: nw.Int64, float: nw.Float64, str: nw.String, bool: nw.Boolean}
    schema = {column: kinds[types[column]] for column in columns}
    library: Any = installed_backend(backend)
    return nw.from_dict(dict(columns), schema=schema, backend=library).to_native()


def with_columns(frame: Any, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Any:
    """`frame` with further `columns`, as `make_frame` takes them, in its own library and, of pandas, with its index."""
    import narwhals as nw

    table = nw.from_native(frame, eager_only=True)
    added = nw.from_native(make_frame(columns, types, table.implementation.value), eager_only=True)
    if nw.dependencies.is_pandas_dataframe(frame):
        return frame.assign(**{name: added.to_native()[name].to_numpy() for name in columns})
    return nw.concat([table, added], how="horizontal").to_native()


def labelled(labels: Sequence[str], values: NDArray[Any]) -> Any:
    """One value a label: a new pandas.Series where pandas is installed, else a read-only mapping."""
    if find_spec("pandas") is None:
        return MappingProxyType(dict(zip(labels, values.tolist(), strict=True)))
    import pandas as pd

    return pd.Series(values.copy(), index=list(labels))


def installed_backend(backend: str | None) -> str:
    """`backend`, or the first library that is installed when it is None."""
    wanted = BACKENDS if backend is None else (as_choice("backend", backend, BACKENDS),)
    for name in wanted:
        if find_spec(name) is not None:
            return name
    needed = "one of pandas, polars, pyarrow" if backend is None else backend
    raise ImportError(f"a table needs {needed}: pip install {INSTALL[wanted[0]]}")
