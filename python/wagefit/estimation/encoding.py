"""From rows to the columns of an equation, the same for the rows of a fit and for those of a prediction."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.estimation.formula_text import AliasedFormula
from wagefit.shared.arguments import FloatArray
from wagefit.shared.columns import as_regressor, complete_rows, level_codes
from wagefit.shared.frames import columns_of, declared_levels

LevelColumn = tuple[NDArray[np.int32], int]
"""Level number of each row, shape (n,), and the number of levels."""

LONE_FACTOR = re.compile(r"C\(\s*(\w+)\s*\)")


@dataclass(frozen=True)
class Encoding:
    """How rows become columns: what formulaic remembers of the fit's rows, and the levels of each factor."""

    formula: AliasedFormula
    variables: tuple[str, ...]
    """Aliases of the columns that explain the outcome."""
    spec: Any
    """formulaic's specification of the columns that it makes; None where it makes none."""
    levels: Mapping[str, tuple[Any, ...]]
    """Labels of the levels of each factor that is coded by level numbers, by alias."""
    has_intercept: bool
    term_of: tuple[str, ...]
    """Term that each coefficient belongs to, the levels of a factor to one."""

    def columns(self, frame: Any) -> FloatArray:
        """Every column of the equation for the rows of `frame`, shape (n, p); NaN where a value is missing.

        Raises
        ------
        FactError
            A column is missing, or a factor has a level that the fit did not see.
        """
        table = columns_of(frame)
        missing = [name for name in map(self.formula.aliases.__getitem__, self.variables) if name not in table]
        if missing:
            raise FactError(f"frame has no column {missing[0]!r}; expected the columns of the equation")
        n = len(next(iter(table.values()))) if table else 0
        columns = {alias: table[self.formula.aliases[alias]] for alias in self.variables}
        kept = complete_rows([*columns.values()], n)
        width = self.has_intercept + self._width() + sum(len(labels) - 1 for labels in self.levels.values())
        out = np.full((n, width), np.nan)
        if kept.any():
            complete = {alias: as_regressor(values[kept]) for alias, values in columns.items()}
            out[kept] = self._encoded(complete, int(kept.sum()))
        return out

    def _width(self) -> int:
        return 0 if self.spec is None else len(self.spec.column_names) - self.has_intercept

    def _encoded(self, columns: Mapping[str, Any], n: int) -> FloatArray:
        parts = [np.ones((n, 1))] if self.has_intercept else []
        if self.spec is not None:
            numeric = evaluated(self.formula, self.spec, pandas_table(columns))
            parts.append(np.asarray(numeric, dtype=float)[:, int(self.has_intercept) :])
        for alias, labels in self.levels.items():
            parts.append(_indicators(self.formula.shown(alias), columns[alias], labels))
        return np.column_stack([np.empty((n, 0)), *parts])


def _indicators(name: str, values: Any, labels: Sequence[Any]) -> FloatArray:
    """A column for each level but the first, shape (n, levels - 1)."""
    codes, found = level_codes(values)
    unknown = [label for label in found if label not in labels]
    if unknown:
        raise FactError(
            f"frame: {name} holds {unknown[0]!r}; expected a level of the fit: {', '.join(map(str, labels))}"
        )
    places = np.array([labels.index(label) for label in found])[codes]
    return np.asarray(places[:, None] == np.arange(1, len(labels)), dtype=float)


def encoded_terms(
    formula: AliasedFormula, terms: Sequence[Any], data: Any
) -> tuple[FloatArray, list[LevelColumn], tuple[str, ...], Encoding]:
    """Numeric columns (n, k), factors, names of all coefficients, and how other rows get theirs."""
    check_dates(formula, terms, data)
    constants = [term for term in terms if term.degree == 0]
    has_intercept = bool(constants)
    lone = _lone_factors(terms, data) if has_intercept else {}
    rest = [term for term in terms if term.degree and str(term) not in lone]
    numeric, names, term_of, spec = _matrix(formula, constants, rest, data)
    factors: list[LevelColumn] = []
    levels = {}
    for term, alias in lone.items():
        codes, labels = level_codes(data[alias])
        factors.append((codes, len(labels)))
        levels[alias] = labels
        names += tuple(f"{formula.shown(term)}[T.{label}]" for label in labels[1:])
        term_of += (formula.shown(term),) * (len(labels) - 1)
    used = tuple(alias for alias in formula.aliases if any(alias in str(term) for term in terms))
    constant = ("Intercept",) if has_intercept else ()
    encoding = Encoding(formula, used, spec, levels, has_intercept, (*constant, *term_of))
    return numeric, factors, _distinct((*constant, *names)), encoding


def check_dates(formula: AliasedFormula, terms: Sequence[Any], data: Any) -> None:
    """FactError where a column of dates is itself a term."""
    for name in (str(factor) for term in terms for factor in term.factors):
        if name in data and _are_dates(data[name]):
            raise FactError(f"{formula.shown(name)} holds dates or times; expected a column of numbers or text")


def _are_dates(values: Any) -> bool:
    return values.dtype.kind in "mM" or (values.dtype == object and isinstance(values.iloc[0], date))


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """`names`; FactError where two coefficients have the same one."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise FactError(f"two terms of the equation are called {twice[0]!r}; expected columns of other names")
    return names


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
        if len(term.factors) == 1 and uses[text] == 1 and name in data and (match or _is_text(data[name])):
            lone[text] = name
    return lone


def _is_text(values: Any) -> bool:
    return values.dtype.kind not in "biufcmM"


def _matrix(
    formula: AliasedFormula, constants: Sequence[Any], terms: Sequence[Any], data: Any
) -> tuple[FloatArray, tuple[str, ...], tuple[str, ...], Any]:
    """Columns of the terms as formulaic makes them, without the intercept: their names, terms and specification."""
    if not terms:
        return np.empty((len(data), 0), order="F"), (), (), None
    matrix = evaluated(formula, [*constants, *terms], data)
    first = len(constants)
    spec = matrix.model_spec
    names = tuple(formula.shown(name) for name in spec.column_names[first:])
    widths = {formula.shown(str(term)): place.stop - place.start for term, place in spec.term_slices.items()}
    term_of = tuple(term for term, width in widths.items() for _ in range(width))[first:]
    return np.asfortranarray(np.asarray(matrix, dtype=float)[:, first:]), names, term_of, spec


def evaluated(formula: AliasedFormula, terms: Any, data: Any) -> Any:
    """Formulaic's model matrix of `terms`, a list of its terms or the specification of an earlier matrix.

    Terms stay the objects that the formula was parsed into: their text, read again, may mean other terms, for what
    stood in braces is written without them.

    Raises
    ------
    FactError
        A term cannot be evaluated, or holds a category that the specification does not know.
    """
    formulaic = import_module("formulaic")
    is_new = isinstance(terms, list)
    options = {"output": "numpy", "na_action": "ignore"} if is_new else {}
    try:
        with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error", formulaic.errors.DataMismatchWarning)
            spec = formulaic.Formula(terms) if is_new else terms
            return spec.get_model_matrix(data, context={}, **options)
    except Exception as error:  # a formula runs functions of its user, which may raise anything
        shown = formula.shown(" + ".join(map(str, terms)) if is_new else formula.text)
        raise FactError(f"formula: {shown!r} cannot be evaluated: {formula.reason(error)}") from error


def pandas_table(columns: Mapping[str, Any]) -> Any:
    """The columns as a pandas table, which formulaic takes."""
    pandas = import_module("pandas")
    plain = {name: values.array if hasattr(values, "array") else values for name, values in columns.items()}
    return pandas.DataFrame(plain)


def with_declared_levels(frame: Any, table: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `frame` with those that declare levels as categoricals of pandas, whose first is the reference."""
    pandas = import_module("pandas")
    declared = {
        name: pandas.Series(pandas.Categorical(table[name], categories=list(labels)))
        for name, labels in declared_levels(frame).items()
    }
    return {**table, **declared}
