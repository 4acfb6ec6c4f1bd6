"""Model matrices: a table and a formula become what the core fits.

That is an outcome, numeric columns, and factors as columns of level numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray
from wagefit.shared.columns import as_numbers, column_of, complete_rows, level_codes
from wagefit.shared.frames import columns_of

LevelColumn = tuple[NDArray[np.int32], int]
"""Level number of each row, shape (n,), and the number of levels."""

LONE_FACTOR = re.compile(r"C\(\s*(\w+)\s*\)")


@dataclass(frozen=True)
class Prepared:
    """Rows without a missing value, ready for the core; n rows."""

    outcome: FloatArray
    """Left-hand side, shape (n,)."""
    numeric: FloatArray
    """Numeric columns without the intercept, contiguous by column, shape (n, k)."""
    factors: list[LevelColumn]
    """Level number of each row, and number of levels."""
    has_intercept: bool
    names: tuple[str, ...]
    """Names of the coefficients: intercept, numeric columns, levels but the first of each factor."""
    weights: FloatArray
    """Shape (n,), 1 where none are given."""
    groups: dict[str, LevelColumn]
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
    table = columns_of(frame)
    _check_variables(formula, parsed.required_variables, table)
    columns = {name: table[name] for name in sorted(map(str, parsed.required_variables))}
    others = {name: column_of(name, value, table) for name, value in (groups or {}).items()}
    apart = {name: column_of(name, value, table) for name, value in (numbers or {}).items()}
    mass = [] if weights is None else [column_of("weights", weights, table)]
    kept = complete_rows([*columns.values(), *others.values(), *mass])
    if not kept.any():
        raise FactError("frame has no row without a missing value; expected some")
    data = _pandas({name: values[kept] for name, values in columns.items()})
    coded = {name: level_codes(values[kept]) for name, values in others.items()}
    return Prepared(
        **_sides(parsed, data),
        weights=as_numbers("weights", mass[0][kept]) if mass else np.ones(len(data)),
        groups={name: (codes, len(labels)) for name, (codes, labels) in coded.items()},
        labels={name: labels for name, (_, labels) in coded.items()},
        numbers={name: as_numbers(name, values[kept]) for name, values in apart.items()},
        dropped=int((~kept).sum()),
    )


def _sides(parsed: Any, data: Any) -> dict[str, Any]:
    """Outcome, numeric columns, factors and names of a parsed formula on complete rows."""
    terms = list(getattr(parsed, "rhs", parsed))
    has_intercept = any(term.degree == 0 for term in terms)
    lone = _lone_factors(terms, data) if has_intercept else {}
    rest = [str(term) for term in terms if term.degree and str(term) not in lone]
    numeric, names = _matrix(rest, has_intercept, data)
    factors: list[LevelColumn] = []
    for term, name in lone.items():
        codes, labels = level_codes(data[name])
        factors.append((codes, len(labels)))
        names += tuple(f"{term}[T.{label}]" for label in labels[1:])
    return {
        "outcome": _outcome(str(parsed.lhs), data) if hasattr(parsed, "lhs") else np.zeros(len(data)),
        "numeric": numeric,
        "factors": factors,
        "has_intercept": has_intercept,
        "names": ("Intercept", *names) if has_intercept else names,
    }


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
        with np.errstate(divide="ignore", invalid="ignore"):  # the columns are checked where they are used
            return formulaic.Formula(terms).get_model_matrix(data, context={}, output="numpy", na_action="ignore")
    except formulaic.errors.FormulaicError as error:
        raise FactError(f"formula: {terms!r} cannot be evaluated: {str(error).splitlines()[0]}") from error


def _pandas(columns: Mapping[str, Any]) -> Any:
    """The columns as a pandas table, which formulaic takes."""
    return import_module("pandas").DataFrame(dict(columns)).reset_index(drop=True)


def intercept_of(data: Prepared) -> _core.Intercept:
    """Whether the equation has an intercept, in the core's terms."""
    return _core.Intercept.included if data.has_intercept else _core.Intercept.none


def written_out(data: Prepared) -> tuple[FloatArray, tuple[str, ...]]:
    """Numeric columns with indicators of the factors' levels beside them, and the names of all coefficients."""
    indicators = [(codes[:, None] == np.arange(1, levels)).astype(float) for codes, levels in data.factors]
    return np.asfortranarray(np.column_stack([data.numeric, *indicators])), data.names


def all_columns(data: Prepared) -> FloatArray:
    """Every column of the equation, the constant first where there is one, shape (n, p)."""
    numeric, _ = written_out(data)
    constant = [np.ones(len(numeric))] if data.has_intercept else []
    return np.asfortranarray(np.column_stack([*constant, numeric]))
