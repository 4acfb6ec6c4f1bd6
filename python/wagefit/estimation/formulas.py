"""Model matrices: a table and a formula become what the core fits.

That is an outcome, numeric columns, and factors as columns of level numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.counted_rows import CountedRows, counted_rows
from wagefit.estimation.encoding import (
    Encoding,
    LevelColumn,
    check_dates,
    encoded_terms,
    evaluated,
    pandas_table,
    with_declared_levels,
)
from wagefit.estimation.formula_text import AliasedFormula, aliased, is_by_row, logarithm_of
from wagefit.shared.arguments import FloatArray
from wagefit.shared.columns import as_numbers, as_regressor, column_of, level_codes
from wagefit.shared.frames import columns_of

LARGEST_OUTCOME = 1e100


@dataclass(frozen=True)
class Prepared:
    """Rows that count, ready for the core; n rows, a row a person where frequencies are given."""

    outcome: FloatArray
    """Left-hand side, shape (n,)."""
    numeric: FloatArray
    """Numeric columns without the intercept, over their units, contiguous by column, shape (n, k)."""
    factors: list[LevelColumn]
    """Level number of each row, and number of levels."""
    names: tuple[str, ...]
    """Names of the coefficients: intercept, numeric columns, levels but the first of each factor."""
    units: FloatArray
    """What each column was divided by, shape (p,): 1, or a power of two where its squares would leave the numbers."""
    weights: FloatArray
    """Shape (n,), above 0; 1 where none are given."""
    groups: dict[str, LevelColumn]
    """Other columns as level numbers: clusters, and absorbed factors under `absorbed_key`."""
    labels: dict[str, tuple[Any, ...]]
    """Labels of the levels of `groups`."""
    numbers: dict[str, FloatArray]
    """Other columns of numbers, NaN where missing."""
    dropped: int
    """Number of rows left out because a value was missing."""
    weightless: int
    """Number of rows left out because their weight was 0."""
    lonely: int
    """Number of rows set aside because they are alone in a level of an absorbed factor."""
    outcome_text: str
    """Left-hand side as written; empty where there is none."""
    outcome_log: str
    """Whether it is written as a logarithm, as `logarithm_of` has it."""
    encoding: Encoding

    @property
    def has_intercept(self) -> bool:
        """Whether the equation has an intercept."""
        return self.encoding.has_intercept


def prepare(
    frame: Any,
    formula: str,
    weights: Any = None,
    groups: Mapping[str, Any] | None = None,
    numbers: Mapping[str, Any] | None = None,
    *,
    sides: int = 2,
    absorb: tuple[str, ...] = (),
    frequencies: Any = None,
    only: Mapping[str, Sequence[Any]] | None = None,
) -> Prepared:
    """`frame` under `formula`; weights, frequencies, groups and numbers each a column's name or one value a row.

    `sides` is 2 for a formula with an outcome and 1 for one without, which leaves `Prepared.outcome` zero. Rows are
    left out where a column of the equation, a weight or a group is missing, where a weight or frequency is 0, and where
    the one person of a row is alone in a level of a column of `absorb`; `numbers` may be NaN. Rows whose value in one
    of `groups` is not among those that `only` has for it are as if they were not there.

    Raises
    ------
    FactError
        A column is unknown or not of the frame's length, the formula is no formula with one outcome, or no row is left.
    ImportError
        formulaic is not installed.
    """
    check_text(formula)
    table = columns_of(frame)
    written, parsed = _read(formula, table, sides)
    table = with_declared_levels(frame, table)
    columns = {alias: table[name] for alias, name in written.aliases.items()}
    wanted = {**(groups or {}), **{absorbed_key(name): name for name in absorb}}
    others = _columns_of(wanted, table)
    apart = _columns_of(numbers or {}, table)
    masses = _columns_of(_given(weights, frequencies), table)
    n = len(next(iter(table.values()))) if table else 0
    absorbed = [others[absorbed_key(name)] for name in absorb]
    rows = counted_rows([*columns.values(), *others.values()], masses, absorbed, _among(others, only or {}, n))
    places, people = _evaluated_rows(parsed, rows)
    regressors = {alias: as_regressor(values[places]) for alias, values in columns.items()}
    data = pandas_table(regressors or {"": np.zeros(np.arange(n)[places].size)})
    mass = masses.get("weights")
    prepared = Prepared(
        **_sides(written, parsed, data),
        **_coded({name: values[places] for name, values in others.items()}),
        weights=np.ones(len(data)) if mass is None else as_numbers("weights", mass[places]),
        numbers={name: as_numbers(name, values[places]) for name, values in apart.items()},
        dropped=rows.dropped,
        weightless=rows.weightless,
        lonely=rows.lonely,
    )
    return prepared if people is None else _repeated(prepared, people)


def _read(formula: str, table: Mapping[str, Any], sides: int) -> tuple[AliasedFormula, Any]:
    """The formula with aliases for the columns of `table`, and formulaic's reading; FactError where it is wrong."""
    written = aliased(formula, table)
    parsed = _parsed(formula, written)
    _check_sides(formula, parsed, sides)
    _check_variables(formula, written, parsed, table)
    return written, parsed


def _columns_of(wanted: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that arguments name, or their own values, by argument."""
    return {name: column_of(name, value, table) for name, value in wanted.items()}


def absorbed_key(name: str) -> str:
    """Key of an absorbed factor among `Prepared.groups`."""
    return f"absorb {name}"


def is_absorbed_key(key: str) -> bool:
    """Whether a key of `Prepared.groups` is that of an absorbed factor."""
    return key.startswith(absorbed_key(""))


def _given(weights: Any, frequencies: Any) -> dict[str, Any]:
    pairs = {"weights": weights, "frequencies": frequencies}
    return {name: value for name, value in pairs.items() if value is not None}


def _among(others: Mapping[str, Any], only: Mapping[str, Sequence[Any]], n: int) -> NDArray[np.bool_]:
    """Rows, shape (n,), whose values in the columns of `only` are among those wanted."""
    pandas = import_module("pandas")
    found = np.ones(n, dtype=bool)
    for name, wanted in only.items():
        found &= np.asarray(pandas.Series(others[name]).isin(list(wanted)), dtype=bool)
    return found


def _evaluated_rows(parsed: Any, rows: CountedRows) -> tuple[Any, NDArray[np.int64] | None]:
    """Rows for which the formula is evaluated, and how often what it gives is repeated then; None where it is not.

    A row of five people is as five rows. Where a term of a row depends on other rows (a mean, a spread), these are
    rows of people before it is evaluated.
    """
    terms = [*getattr(parsed, "lhs", ()), *getattr(parsed, "rhs", parsed)]
    if rows.people is None or all(is_by_row(factor.expr) for term in terms for factor in term.factors):
        return rows.kept, rows.people
    return np.repeat(np.flatnonzero(rows.kept), rows.people), None


def _coded(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as level numbers, and the labels of the levels."""
    coded = {name: level_codes(values) for name, values in columns.items()}
    return {
        "groups": {name: (codes, len(labels)) for name, (codes, labels) in coded.items()},
        "labels": {name: labels for name, (_, labels) in coded.items()},
    }


def _sides(written: AliasedFormula, parsed: Any, data: Any) -> dict[str, Any]:
    """Outcome, numeric columns, factors and names of a parsed formula on complete rows."""
    numeric, factors, names, encoding = encoded_terms(written, list(getattr(parsed, "rhs", parsed)), data)
    first = int(encoding.has_intercept)
    units = np.ones(len(names))
    columns = numeric.shape[1]
    units[first : first + columns] = column_units(numeric)
    has_outcome = hasattr(parsed, "lhs")
    return {
        "outcome": _outcome(written, list(parsed.lhs), data) if has_outcome else np.zeros(len(data)),
        "outcome_text": written.shown(str(parsed.lhs)) if has_outcome else "",
        "outcome_log": logarithm_of(str(parsed.lhs)) if has_outcome else "",
        "numeric": numeric if (units == 1.0).all() else np.asfortranarray(numeric / units[first : first + columns]),
        "factors": factors,
        "names": names,
        "units": units,
        "encoding": encoding,
    }


def column_units(columns: FloatArray) -> FloatArray:
    """What columns (n, k) are divided by, shape (k,), so that neither squares nor sums of them overflow or vanish.

    The unit is 1 for columns whose largest number is ordinary, and a power of two for others, so that nothing is
    rounded.
    """
    largest = np.abs(columns).max(axis=0, initial=0.0)
    is_ordinary = ((largest > 1e-60) & (largest < 1e60)) | (largest == 0.0) | ~np.isfinite(largest)
    exponents = np.where(is_ordinary, 0, np.frexp(np.where(is_ordinary, 1.0, largest))[1])
    units: FloatArray = np.ldexp(1.0, np.clip(exponents, -1000, 1000))
    return units


def _parsed(formula: str, written: AliasedFormula) -> Any:
    try:
        formulaic = import_module("formulaic")
    except ImportError as error:
        raise ImportError('a formula needs formulaic: pip install "wagefit[formula]"') from error
    try:
        return formulaic.Formula(written.text)
    except (formulaic.errors.FormulaicError, SyntaxError) as error:
        raise FactError(f"formula is {formula!r}; it cannot be read: {written.reason(error)}") from error


def check_text(formula: Any) -> None:
    """FactError unless the formula is text."""
    if not isinstance(formula, str):
        raise FactError(f"formula is {formula!r}; expected text such as 'log(wage) ~ education + C(region)'")


def _check_sides(formula: str, parsed: Any, sides: int) -> None:
    """FactError unless the formula has an outcome (two sides) or none (one side), and one equation."""
    outcomes = list(parsed.lhs) if hasattr(parsed, "lhs") else []
    if any(isinstance(side, tuple) for side in (getattr(parsed, "rhs", parsed), getattr(parsed, "lhs", None))):
        raise FactError(f"formula is {formula!r}; expected one equation, without a bar (|)")
    found = len(outcomes)
    if sides == 2 and (found != 1 or outcomes[0].degree == 0):
        raise FactError(f"formula is {formula!r}; expected one outcome left of ~, such as 'log(wage) ~ education'")
    if sides == 1 and found != 0:
        raise FactError(f"formula is {formula!r}; expected no outcome, such as '~ education + C(region)'")


def _check_variables(formula: str, written: AliasedFormula, parsed: Any, table: Mapping[str, Any]) -> None:
    # formulaic takes what is before an attribute, such as "(a - b", for a name
    names = {str(name) for name in parsed.required_variables if str(name).isidentifier()}
    unknown = sorted(names - set(written.aliases))
    if unknown:
        raise FactError(f"formula is {formula!r}; {', '.join(unknown)} is no column of the frame: {', '.join(table)}")


def _outcome(written: AliasedFormula, terms: list[Any], data: Any) -> FloatArray:
    check_dates(written, terms, data)
    values = np.asarray(evaluated(written, terms, data), dtype=float)
    shown = written.shown(str(terms[0]))
    if values.shape[1] != 1:
        raise FactError(f"the outcome {shown!r} has {values.shape[1]} columns; expected one column of numbers")
    if not np.isfinite(values).all():
        raise FactError(
            f"the outcome {shown!r} is nan or inf in {int((~np.isfinite(values)).sum())} rows; "
            "expected finite numbers (wages above 0 where logs are taken)"
        )
    largest = np.abs(values).max()
    if largest > LARGEST_OUTCOME or 0.0 < largest < 1.0 / LARGEST_OUTCOME:
        raise FactError(f"the outcome {shown!r} goes up to {largest:g}; expected another unit, nearer to 1")
    return np.ascontiguousarray(values[:, 0])


def _repeated(data: Prepared, counts: NDArray[np.int64]) -> Prepared:
    """Every row as many times as there are people of its kind."""
    return replace(
        data,
        outcome=np.repeat(data.outcome, counts),
        numeric=np.asfortranarray(np.repeat(data.numeric, counts, axis=0)),
        factors=[(np.repeat(codes, counts), levels) for codes, levels in data.factors],
        weights=np.repeat(data.weights, counts),
        groups={name: (np.repeat(codes, counts), levels) for name, (codes, levels) in data.groups.items()},
        numbers={name: np.repeat(values, counts) for name, values in data.numbers.items()},
    )


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
