"""A table and a formula as what the core fits: an outcome, numeric columns, and factors as level numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.arguments import FloatArray
from wagefit.errors import FactError

Levels = tuple[NDArray[np.int32], int]
LONE_FACTOR = re.compile(r"C\(\s*(\w+)\s*\)")


@dataclass(frozen=True)
class Prepared:
    """Rows without a missing value, ready for the core; n rows."""

    outcome: FloatArray
    """Left-hand side, shape (n,)."""
    numeric: FloatArray
    """Numeric columns without the intercept, contiguous by column, shape (n, k)."""
    factors: list[Levels]
    """Level number of each row, and number of levels."""
    has_intercept: bool
    names: tuple[str, ...]
    """Names of the coefficients: intercept, numeric columns, levels but the first of each factor."""
    weights: FloatArray
    """Shape (n,), 1 where none are given."""
    groups: dict[str, Levels]
    """Other columns as level numbers (clusters, absorbed factors)."""
    labels: dict[str, tuple[Any, ...]]
    """Labels of the levels of `groups`."""
    numbers: dict[str, FloatArray]
    """Other columns of numbers, NaN where missing."""
    dropped: int
    """Number of rows left out because a value was missing."""


def prepare(
    frame: Any,
    formula: str,
    weights: Any = None,
    groups: Mapping[str, Any] | None = None,
    numbers: Mapping[str, Any] | None = None,
) -> Prepared:
    """`frame` under `formula`; `weights` and each of `groups` and `numbers` a column's name or one value a row.

    A formula without an outcome leaves `Prepared.outcome` zero. Rows are left out where a column of the equation, a
    weight or a group is missing; `numbers` may be NaN.

    Raises
    ------
    FactError
        A column is unknown or not of the frame's length, the formula is no formula with one outcome, or no row is left.
    ImportError
        formulaic is not installed.
    """
    parsed = _parsed(formula)
    table = native_columns(frame)
    rhs = list(getattr(parsed, "rhs", parsed))
    variables = {name for name in parsed.required_variables if name in table}
    _check_variables(formula, parsed.required_variables, table)
    columns = {name: table[name] for name in sorted(variables)}
    apart = {name: column_of(name, value, table) for name, value in (numbers or {}).items()}
    extra = {name: column_of(name, value, table) for name, value in (groups or {}).items()}
    raw_weights = None if weights is None else column_of("weights", weights, table)
    kept = complete_rows([*columns.values(), *extra.values(), *([] if raw_weights is None else [raw_weights])])
    if not kept.any():
        raise FactError("frame has no row without a missing value; expected some")
    data = _pandas({name: values[kept] for name, values in columns.items()})
    has_intercept = any(term.degree == 0 for term in rhs)
    lone = _lone_factors(rhs, data) if has_intercept else {}
    numeric, numeric_names = _matrix([str(t) for t in rhs if t.degree and str(t) not in lone], has_intercept, data)
    outcome = _outcome(str(parsed.lhs), data) if hasattr(parsed, "lhs") else np.zeros(len(data))
    factors, factor_names = [], []
    for term, name in lone.items():
        codes, labels = level_codes(data[name])
        factors.append((codes, len(labels)))
        factor_names += [f"{term}[T.{label}]" for label in labels[1:]]
    coded = {name: level_codes(values[kept]) for name, values in extra.items()}
    return Prepared(
        outcome=outcome,
        numeric=numeric,
        factors=factors,
        has_intercept=has_intercept,
        names=(*(["Intercept"] if has_intercept else []), *numeric_names, *factor_names),
        weights=np.ones(len(outcome)) if raw_weights is None else _as_numbers("weights", raw_weights[kept]),
        groups={name: (codes, len(labels)) for name, (codes, labels) in coded.items()},
        labels={name: labels for name, (_, labels) in coded.items()},
        numbers={name: _as_numbers(name, values[kept]) for name, values in apart.items()},
        dropped=int((~kept).sum()),
    )


def native_columns(frame: Any) -> Mapping[str, Any]:
    """Columns of a pandas, polars or pyarrow table, by name; those of pandas keep their categories."""
    if type(frame).__module__.startswith("pandas") and hasattr(frame, "columns"):
        return {str(name): frame[name].reset_index(drop=True) for name in frame.columns}
    narwhals = import_module("narwhals")
    try:
        table = narwhals.from_native(frame, eager_only=True)
    except TypeError as error:
        raise FactError(f"frame is {type(frame).__name__}; expected a pandas, polars or pyarrow table") from error
    return {name: np.asarray(table[name].to_list(), dtype=_kind(table[name].to_list())) for name in table.columns}


def column_of(argument: str, value: Any, table: Mapping[str, Any]) -> Any:
    """The column that `value` names, or `value` itself, one value a row."""
    if isinstance(value, str):
        if value not in table:
            raise FactError(f"{argument} is {value!r}; expected a column of the frame: {', '.join(table)}")
        return table[value]
    values = value.reset_index(drop=True) if hasattr(value, "reset_index") else np.asarray(value)
    length = len(next(iter(table.values()))) if table else 0
    if values.ndim != 1 or len(values) != length:
        raise FactError(f"{argument} has shape {values.shape}; expected {length} values, one for each row of the frame")
    return values


def complete_rows(columns: Sequence[Any]) -> NDArray[np.bool_]:
    """Whether each row has a value in all columns."""
    missing: NDArray[np.bool_] = np.array([np.asarray(_missing(column), dtype=bool) for column in columns])
    return np.logical_not(missing.any(axis=0))


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


def _kind(values: list[Any]) -> Any:
    """Object where values are text or missing text, float where numbers may be missing."""
    if any(isinstance(value, str) for value in values):
        return object
    return float if any(value is None for value in values) else None


def _missing(column: Any) -> Any:
    if hasattr(column, "isna"):
        return column.isna()
    if column.dtype.kind == "f":
        return np.isnan(column)
    if column.dtype.kind == "O":
        return np.array([value is None or value != value for value in column], dtype=bool)
    return np.zeros(len(column), dtype=bool)


def _parsed(formula: str) -> Any:
    try:
        formulaic = import_module("formulaic")
    except ImportError as error:
        raise ImportError('a formula needs formulaic: pip install "wagefit[formula]"') from error
    if not isinstance(formula, str):
        raise FactError(f"formula is {formula!r}; expected text such as 'log(wage) ~ education + C(region)'")
    try:
        parsed = formulaic.Formula(formula)
    except formulaic.errors.FormulaicError as error:
        raise FactError(f"formula is {formula!r}; it cannot be read: {str(error).splitlines()[0]}") from error
    return parsed


def check_sides(formula: str, sides: int) -> None:
    """FactError unless the formula has an outcome (two sides) or none (one side)."""
    parsed = _parsed(formula)
    found = len(list(parsed.lhs)) if hasattr(parsed, "lhs") else 0
    if sides == 2 and found != 1:
        raise FactError(f"formula is {formula!r}; expected one outcome left of ~, such as 'log(wage) ~ education'")
    if sides == 1 and found != 0:
        raise FactError(f"formula is {formula!r}; expected no outcome, such as '~ education + C(region)'")


def _check_variables(formula: str, required: Any, table: Mapping[str, Any]) -> None:
    unknown = sorted(str(name) for name in required if name not in table)
    if unknown:
        raise FactError(f"formula is {formula!r}; {', '.join(unknown)} is no column of the frame: {', '.join(table)}")


def _lone_factors(terms: Sequence[Any], data: Any) -> dict[str, str]:
    """Terms that are one categorical column and nothing else, which need no indicator columns: {term: column}."""
    uses: dict[str, int] = {}
    for term in terms:
        for factor in term.factors:
            uses[str(factor)] = uses.get(str(factor), 0) + 1
    lone = {}
    for term in terms:
        text = str(term)
        match = LONE_FACTOR.fullmatch(text)
        name = match.group(1) if match else text
        if term.degree == 1 and uses[text] == 1 and name in data and (match or _is_text(data[name])):
            lone[text] = name
    return lone


def _is_text(values: Any) -> bool:
    return values.dtype.kind not in "biufcmM"


def _matrix(terms: Sequence[str], has_intercept: bool, data: Any) -> tuple[FloatArray, tuple[str, ...]]:
    """Columns of the terms as formulaic makes them, without the intercept, and their names."""
    if not terms:
        return np.empty((len(data), 0), order="F"), ()
    matrix = _evaluated(" + ".join(["1" if has_intercept else "0", *terms]), data)
    first = 1 if has_intercept else 0
    names = tuple(matrix.model_spec.column_names[first:])
    return np.asfortranarray(np.asarray(matrix, dtype=float)[:, first:]), names


def _outcome(term: str, data: Any) -> FloatArray:
    matrix = _evaluated(f"0 + {term}", data)
    values = np.asarray(matrix, dtype=float)
    if values.shape[1] != 1:
        raise FactError(f"the outcome {term!r} has {values.shape[1]} columns; expected one column of numbers")
    if not np.isfinite(values).all():
        raise FactError(
            f"the outcome {term!r} is nan or inf in {int((~np.isfinite(values)).sum())} rows; "
            "expected finite numbers (wages above 0 where logs are taken)"
        )
    return np.ascontiguousarray(values[:, 0])


def _evaluated(terms: str, data: Any) -> Any:
    formulaic = import_module("formulaic")
    try:
        with np.errstate(divide="ignore", invalid="ignore"):  # checked where the columns are used
            return formulaic.Formula(terms).get_model_matrix(data, context={}, output="numpy", na_action="ignore")
    except formulaic.errors.FormulaicError as error:
        raise FactError(f"formula: {terms!r} cannot be evaluated: {str(error).splitlines()[0]}") from error


def _pandas(columns: Mapping[str, Any]) -> Any:
    """Formulaic's own table."""
    return import_module("pandas").DataFrame(dict(columns)).reset_index(drop=True)


def _as_numbers(name: str, values: Any) -> FloatArray:
    try:
        return np.ascontiguousarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise FactError(f"{name} holds values that are no numbers; expected a column of numbers") from error
