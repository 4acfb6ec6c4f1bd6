"""From one published row to the facts that a distribution is fitted to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

from wagefit.errors import FactError
from wagefit.oews.layouts import HOURS, PERCENTILES, WAGES
from wagefit.shared.arguments import FloatArray, as_number
from wagefit.shared.fact_names import is_bound, is_wage, key_of, with_standard_facts
from wagefit.shared.numbers import is_missing
from wagefit.shared.types import Rng

ANNUAL, HOURLY = "USD/year", "USD/hour"
PERIODS = {ANNUAL: "", HOURLY: "hourly_"}  # by unit, what the names of its columns begin with


class RowOfTable(Protocol):
    """A row by the names of its columns, such as a dict or a pandas Series."""

    def keys(self) -> Iterable[Any]:
        """Names of the columns."""

    def __getitem__(self, key: str, /) -> Any:
        """The figure in a column."""


class NamedRow(Protocol):
    """A row as a named tuple, such as those of ``DataFrame.itertuples``."""

    def _asdict(self) -> dict[str, Any]:
        """The figures by the names of their columns."""


class RowWithFacts(Protocol):
    """A row that knows its facts, such as a `wagefit.oews.Cell`."""

    def facts(self) -> dict[str, Any]:
        """Arguments of `wagefit.fit`."""


@runtime_checkable
class EstimatedRow(RowWithFacts, Protocol):
    """A row whose figures are estimates with errors, such as a `wagefit.oews.UnpublishedCell`."""

    def draws(self, n: int, rng: Rng) -> dict[str, FloatArray]:
        """`n` sets of figures that may be the true ones, by the names of their columns."""


PublishedRow: TypeAlias = RowOfTable | NamedRow | RowWithFacts
"""A row of `wagefit.oews.read`, or of another table with its columns; a cell of the embedded tables."""


def facts(row: PublishedRow) -> dict[str, Any]:
    """The arguments of `wagefit.fit` that a published row holds.

    Parameters
    ----------
    row : mapping, pandas.Series, named tuple or Cell
        A row with the columns of `wagefit.oews.read`, of which it may have some: mean, p10 to p90, employment,
        mean_rse, top_coded, top_code, and the same by the hour. None and NaN are figures that are not published. Other
        percentiles, such as p99, and bounds, such as p90_at_least, are wages of a year; median is p50.

    Returns
    -------
    dict
        With some of the keys ``mean``, ``quantiles``, ``at_least``, ``mean_rse`` and ``employment``. A row that has
        hourly wages alone gives these, with the ``unit`` "USD/hour"; its top codes are a 2080th of the annual ones.

    Raises
    ------
    FactError
        `row` is no row, has no wages, one figure in two columns, or a figure that is no number; or other percentiles
        of a year beside wages of an hour alone.

    Examples
    --------
    >>> wf.oews.facts({"mean": 44_010, "p10": 26_550, "p90": None, "top_coded": "p90", "top_code": 208_000})
    {'mean': 44010.0, 'quantiles': {0.1: 26550.0}, 'at_least': {0.9: 208000.0}}
    """
    own: Callable[[], dict[str, Any]] | None = getattr(row, "facts", None)
    found = own() if callable(own) else facts_in(with_standard_facts("row", columns_of_row(row)))
    if found.keys().isdisjoint(("mean", "quantiles", "at_least")):
        raise FactError(f"row has no published wage; expected some of {', '.join(WAGES)}, by the year or the hour")
    return found


def columns_of_row(row: Any) -> Mapping[str, Any]:
    """The columns of a row by name; FactError where it is none."""
    if callable(getattr(row, "_asdict", None)):
        named: Mapping[str, Any] = row._asdict()
        return named
    if callable(getattr(row, "keys", None)) and getattr(row, "ndim", 1) == 1:
        return {str(name): row[name] for name in row.keys()}  # noqa: SIM118 - a Series iterates over its values
    raise FactError(f"row is {type(row).__name__}; expected a mapping, a Series, a named tuple or a cell")


def facts_in(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The published facts among the columns of a row, whose wages may be none; see `facts`."""
    unit, others = unit_of(columns), _others(columns)
    if others and unit == HOURLY:
        raise FactError(f"row has {next(iter(others))} of a year beside wages of an hour; expected wages of one period")
    period = PERIODS[unit]
    printed = {PERCENTILES.get(name, name): _figure(columns, f"{period}{name}") for name in WAGES}
    quantiles = printed | {key_of(name): wage for name, wage in others.items() if is_wage(name)}
    bounds = _bounds(columns, period)
    for name, wage in others.items():
        if not is_wage(name):
            bounds[key_of(name)] = max(wage, bounds.get(key_of(name), wage))
    found = {
        "mean": quantiles.pop("mean"),
        "quantiles": {p: quantiles[p] for p in sorted(quantiles, key=str) if quantiles[p] is not None} or None,
        "at_least": bounds or None,
        "mean_rse": _figure(columns, "mean_rse"),
        "employment": _figure(columns, "employment"),
        "unit": None if unit == ANNUAL else unit,
    }
    return {name: value for name, value in found.items() if value is not None}


def _others(columns: Mapping[str, Any]) -> dict[str, float]:
    """Percentiles that the survey does not publish, and bounds, all by the year."""
    others = (name for name in columns if name not in WAGES and (is_wage(name) or is_bound(name)))
    return {name: wage for name in others if (wage := _figure(columns, name)) is not None}


def unit_of(columns: Mapping[str, Any]) -> str:
    """Unit of a row's facts: dollars an hour if it has hourly wages and no annual ones."""
    has_wages = {
        unit: bool(_text(columns, f"{period}top_coded"))
        or any(_figure(columns, f"{period}{name}") is not None for name in WAGES)
        for unit, period in PERIODS.items()
    }
    return HOURLY if has_wages[HOURLY] and not has_wages[ANNUAL] else ANNUAL


def _bounds(columns: Mapping[str, Any], period: str) -> dict[float | str, float]:
    top_code = _figure(columns, "top_code")
    if top_code is None:
        return {}
    names = _text(columns, f"{period}top_coded").split()
    return {key_of(name) if is_wage(name) else name: top_code / HOURS if period else top_code for name in names}


def _figure(columns: Mapping[str, Any], name: str) -> float | None:
    value = columns.get(name)
    return None if is_missing(value) else as_number(name, value)


def _text(columns: Mapping[str, Any], name: str) -> str:
    value = columns.get(name)
    return value if isinstance(value, str) else ""
