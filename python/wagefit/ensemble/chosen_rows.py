"""Which of many rows stand in brackets: one by its name, or several by a slice, a mask, or a list of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wagefit.shared.arguments import unmasked
from wagefit.shared.messages import shown
from wagefit.shared.numbers import is_missing

RowNumbers: TypeAlias = NDArray[np.intp]

FLAGS = (bool, np.bool_)


def several_rows(key: Any, n: int, named: Callable[[NDArray[Any]], RowNumbers]) -> RowNumbers | None:
    """Numbers of the rows that `key` chooses of `n`; None where it is the name of one row.

    Parameters
    ----------
    key : slice, mask or list of names
        A slice and a mask (flags) choose by position. Lists, arrays and columns of tables do alike.
    n : int
        Number of rows.
    named : callable
        From an array of names, shape (k,), to the numbers of their rows.

    Raises
    ------
    IndexError
        A mask has another length than the rows or a missing value, or the key has several dimensions.
    """
    if isinstance(key, slice):
        return np.arange(n)[key]
    names = _as_column(key)
    if names is None:
        return None
    if not len(names):
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(_as_mask(names, n)) if _is_mask(names) else named(names)


def row_numbers(kind: str, expected: str, names: NDArray[Any], n: int) -> RowNumbers:
    """Row numbers of `names`, those below 0 counted from the end; IndexError where they are none of `n` rows."""
    whole = np.array(names.tolist()) if names.dtype.kind == "O" else names
    if whole.dtype.kind not in "iu" or whole.ndim != 1:
        raise IndexError(f"{shown(names.tolist())} are no {kind}s; expected {expected}")
    numbers: RowNumbers = np.arange(n)[whole]
    return numbers


def row_number(kind: str, expected: str, key: Any, n: int) -> int:
    """`key` as a row number; IndexError where it is none of `n` rows."""
    one = key[()] if isinstance(key, np.ndarray) and key.ndim == 0 else key
    if isinstance(one, FLAGS) or not isinstance(one, (int, np.integer)):
        raise IndexError(f"{shown(one)} is no {kind}; expected {expected}")
    return range(n)[int(one)]


def _as_column(key: Any) -> NDArray[Any] | None:
    """A list, an array or a column of a table as an array; None for anything else, such as a text or a tuple."""
    if isinstance(key, list):
        try:
            column = unmasked(key)
        except ValueError:  # lists of different lengths in it
            return None
        # Tuples, which NumPy takes for rows of an array, are names of their own.
        column = np.fromiter(key, object, len(key)) if any(isinstance(each, tuple) for each in key) else column
    elif hasattr(key, "__array__") and hasattr(key, "__len__") and np.ndim(key):
        column = unmasked(key)
    else:
        return None
    if column.ndim != 1:
        raise IndexError(f"the key has shape {column.shape}; expected one dimension")
    return column


def _is_mask(names: NDArray[Any]) -> bool:
    if names.dtype.kind != "O":
        return names.dtype.kind == "b"
    known = [each for each in names if not _is_gap(each)]
    return bool(known) and all(isinstance(each, FLAGS) for each in known)


def _as_mask(flags: NDArray[Any], n: int) -> NDArray[np.bool_]:
    if len(flags) != n:
        raise IndexError(f"the mask has {len(flags):,} values; expected {n:,}, one for each row")
    for i, flag in enumerate(flags if flags.dtype.kind == "O" else ()):
        if _is_gap(flag):
            raise IndexError(f"the mask is missing at row {i}; expected True or False for each row")
    return flags.astype(bool)


def _is_gap(value: Any) -> bool:
    return not isinstance(value, (str, tuple)) and is_missing(value)
