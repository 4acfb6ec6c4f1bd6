"""What estimators ask of a table's columns: the one that is meant, rows without gaps, level numbers, plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray, as_array, unmasked
from wagefit.shared.numbers import is_missing

LARGEST_WHOLE = 2**63


def column_of(argument: str, value: Any, table: Mapping[str, Any]) -> Any:
    """The column that `value` names, or `value` itself, one value a row."""
    if isinstance(value, str):
        if value not in table:
            raise FactError(f"{argument} is {value!r}; expected a column of the frame: {', '.join(table)}")
        return table[value]
    values = value.reset_index(drop=True) if hasattr(value, "reset_index") else unmasked(value)
    length = len(next(iter(table.values()))) if table else 0
    if values.ndim != 1 or len(values) != length:
        raise FactError(f"{argument} has shape {values.shape}; expected {length} values, one for each row of the frame")
    return values


def complete_rows(columns: Sequence[Any], n: int) -> NDArray[np.bool_]:
    """Whether each of n rows has a value in all columns."""
    complete = np.ones(n, dtype=bool)
    for column in columns:
        complete &= ~np.asarray(_missing(column), dtype=bool)
    return complete


def with_company(factors: Sequence[Any], rows: NDArray[np.bool_], people: FloatArray) -> NDArray[np.bool_]:
    """Those of `rows`, shape (n,), whose people share every level of `factors` with another person of them.

    people: how many each row stands for, shape (n,). Leaving out a row that is alone in a level may leave another
    alone, so that this goes on until none is.
    """
    kept = rows.copy()
    coded = [level_codes(values[rows])[0] for values in factors]
    left = np.ones(int(rows.sum()), dtype=bool)
    before = -1
    while left.sum() != before:
        before = left.sum()
        for codes in coded:
            left &= np.bincount(codes[left], people[rows][left], codes.max(initial=0) + 1)[codes] > 1.0
    kept[rows] = left
    return kept


def as_regressor(values: Any) -> Any:
    """Values of a column, none of them missing, as equations take them, whatever library and type they come in.

    A column whose every value is a number or a flag is numeric, also where its type is not (decimals, objects). Text
    is text of one type, and a categorical has no levels that do not occur.
    """
    dtype = values.dtype
    if getattr(dtype, "categories", None) is not None:
        return values.cat.remove_unused_categories()
    if dtype.kind in "mM" or dtype.name == "str":
        return values
    if dtype.kind in "biufc":
        plain = np.asarray(values)
        return plain.astype(dtype.numpy_dtype) if plain.dtype.kind == "O" else plain
    if dtype.name.partition("[")[0] in ("string", "large_string"):
        return values.astype(str)
    return _numeric_or_text(np.asarray(values, dtype=object))


def _numeric_or_text(values: NDArray[Any]) -> NDArray[Any]:
    """Objects as flags, whole numbers or floats where all are such, else as they are."""
    types = set(map(type, values))
    if not types or not all(issubclass(kind, (Real, Decimal, np.bool_)) for kind in types):
        return values
    if all(issubclass(kind, (bool, np.bool_)) for kind in types):
        return values.astype(bool)
    if all(issubclass(kind, Integral) for kind in types) and max(map(abs, values)) < LARGEST_WHOLE:
        return values.astype(np.int64)
    return values.astype(float)


def level_codes(values: Any) -> tuple[NDArray[np.int32], tuple[Any, ...]]:
    """Level number of each value and the levels' labels: a categorical's own order, else sorted."""
    categories = getattr(getattr(values, "dtype", None), "categories", None)
    if categories is not None:
        codes = values.cat.codes.to_numpy() if hasattr(values, "cat") else values.codes
        used, renumbered = np.unique(codes, return_inverse=True)
        return renumbered.astype(np.int32), tuple(categories[code] for code in used)
    try:
        if hasattr(values, "factorize"):
            codes, labels = values.factorize(sort=True)
        else:
            labels, codes = np.unique(np.asarray(values), return_inverse=True)
    except TypeError as error:
        raise FactError("a factor's levels have different types; expected all text or all numbers") from error
    return codes.astype(np.int32), tuple(labels.tolist())


def as_numbers(name: str, values: Any) -> FloatArray:
    """`values`, numbers or flags, as contiguous floats; FactError naming the column where they are none."""
    flags = np.asarray(values)
    try:
        return np.ascontiguousarray(flags.astype(float) if flags.dtype.kind == "b" else as_array(name, values))
    except FactError as error:
        raise FactError(f"{name} holds values that are no numbers; expected a column of numbers") from error


def as_counts(name: str, values: Any) -> NDArray[np.int64]:
    """`values` as whole numbers of at least 0; FactError naming the column otherwise."""
    numbers = as_numbers(name, values)
    wrong = ~((numbers >= 0.0) & (numbers == np.round(numbers)) & np.isfinite(numbers))
    if wrong.any():
        raise FactError(f"{name} holds {numbers[wrong][0]:g}; expected whole numbers of people, at least 0")
    return numbers.astype(np.int64)


def _missing(column: Any) -> Any:
    if hasattr(column, "isna"):
        return column.isna()
    if column.dtype.kind == "f":
        return np.isnan(column)
    if column.dtype.kind in "mM":
        return np.isnat(column)
    if column.dtype.kind == "O":
        return np.array([not isinstance(value, str) and is_missing(value) for value in column], dtype=bool)
    return np.zeros(len(column), dtype=bool)
