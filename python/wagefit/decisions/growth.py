"""How much wages grew from one release to another, percentile by percentile."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from wagefit import oews, prices
from wagefit.decisions.figure_errors import effective_size, errors_to_end, log_error_of_percentile
from wagefit.decisions.growth_notes import notes_of
from wagefit.decisions.wage_growth import AT_LEAST, AT_MOST, ESTIMATE, UNKNOWN, FigureGrowth, WageGrowth
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import check_level
from wagefit.errors import ConvergenceError, FactError
from wagefit.fitting.fit import fit
from wagefit.oews.layouts import PERCENTILES, WAGES
from wagefit.oews.releases import reference_month
from wagefit.oews.row_facts import PERIODS, facts_in, unit_of
from wagefit.prices import Index
from wagefit.shared.arguments import as_count, as_positive
from wagefit.shared.types import Number

FIGURES: tuple[tuple[str, float | str], ...] = (
    ("mean", "mean"),
    *((name.upper(), p) for name, p in PERCENTILES.items()),
)


def growth(
    occupation: str,
    start: int,
    end: int,
    *,
    index: Index = "CPI-U",
    assumed_rse: Number | None = None,
    level: float = 0.9,
) -> WageGrowth:
    """Growth of an occupation's wages in the nation between two releases, with its sampling error.

    Parameters
    ----------
    occupation : str
        Code or title; followed through the classifications as by `wagefit.oews.cell`.
    start, end : int
        Years of the releases, the earlier one first.
    index : {"CPI-U", "ECI"}
        What real growth is measured against: consumer prices, or the cost of labor (2013 to September 2022).
    assumed_rse : float, optional
        Relative standard error of the mean, in percent, taken for a release that prints none, as May 2025; without it
        growth to such a release has no error and no interval.
    level : float
        Probability of the intervals, in (0, 1).

    Returns
    -------
    WageGrowth
        The mean and every published percentile, nominal and real.

    Raises
    ------
    FactError
        There is no such occupation or release; `start` is not before `end`; the two have no wages in one unit; or the
        index has no figure for one of the months.

    Notes
    -----
    With the figures q0 and q1, growth is q1 / q0 - 1. Their logarithms have the standard errors e0 and e1, of the mean
    the published relative standard error, of percentiles that of Woodruff (1952) from a sample of the effective size
    that the mean's error implies, read off the fitted curve. Taken as independent, log(q1 / q0) has the
    error e = sqrt(e0^2 + e1^2); growth has the error (q1 / q0) e, and its interval the ends (q1 / q0) exp(+-z e) - 1.
    Prices have no error here. Where a figure is top-coded, growth is a bound or unknown.

    Examples
    --------
    >>> nurses = wf.growth("registered nurses", 2018, 2021)
    >>> median = nurses["P50"]
    >>> round(median.nominal, 3), round(median.standard_error, 3), round(median.real, 3)
    (0.082, 0.006, 0.011)
    """
    first, last = as_count("start", start), as_count("end", end)
    check_level(level)
    if first >= last:
        raise FactError(f"start is {first} and end is {last}; expected a release and a later one")
    begin, finish = _row(occupation, first, last), _row(occupation, last, first)
    assumed = None if assumed_rse is None else as_positive("assumed_rse", assumed_rse)
    return growth_of_rows(begin, finish, index=index, assumed_rse=assumed, level=level)


def _row(occupation: str, year: int, other: int) -> oews.Cell:
    """The row of a release; where it has not the title, by the code that the title has in the other release."""
    try:
        return oews.cell(occupation, year=year)
    except FactError:
        code = oews.cell(occupation, year=other).occupation
        if code == occupation:
            raise
        return oews.cell(code, year=year)


def growth_of_rows(
    begin: oews.Cell, finish: oews.Cell, *, index: Index, assumed_rse: float | None, level: float
) -> WageGrowth:
    """Growth from one published row to another; see `growth`."""
    unit = _common_unit(begin, finish)
    facts = tuple(_printed_facts(cell, unit) for cell in (begin, finish))
    price = prices.time_factor(reference_month(begin.year), reference_month(finish.year), index=index)
    curves = tuple(_fitted(each) for each in facts)
    rses = tuple(assumed_rse if cell.mean_rse is None else cell.mean_rse for cell in (begin, finish))
    rows = []
    for name, figure in FIGURES:
        errors = [log_error(figure, pay, rse, level) for pay, rse in zip(curves, rses, strict=True)]
        rows.append(figure_growth(name, figure, facts, math.hypot(*errors), price, level))
    return WageGrowth(
        start=begin,
        end=finish,
        unit=unit,
        index=index,
        price_growth=price - 1.0,
        level=level,
        rows=tuple(filter(_is_printed, rows)),
        notes=tuple(notes_of(begin, finish, assumed_rse, [pay is not None for pay in curves])),
    )


def _common_unit(begin: oews.Cell, finish: oews.Cell) -> str:
    """Dollars a year where both rows have annual wages, else dollars an hour."""
    for unit, period in PERIODS.items():
        if all(_has_wages(cell, period) for cell in (begin, finish)):
            return unit
    raise FactError(
        f"{begin.occupation_title} have wages in {begin.unit} in {begin.release} and in {finish.unit} in "
        f"{finish.release}; expected two releases with wages in one unit"
    )


def _has_wages(cell: oews.Cell, period: str) -> bool:
    coded = cell.hourly_top_coded if period else cell.top_coded
    return bool(coded) or any(getattr(cell, f"{period}{name}") is not None for name in WAGES)


def _printed_facts(cell: oews.Cell, unit: str) -> Mapping[str, Any]:
    """The facts of a row in a unit; a percentile above the top code, which some releases print, as one that is not."""
    columns = dict(vars(cell))
    if unit != unit_of(columns):
        columns |= {**dict.fromkeys(WAGES), "top_coded": ""}
    facts = facts_in(columns)
    code = cell.top_code if cell.top_code is not None and unit == "USD/year" else math.inf
    beyond = {p: code for p, wage in facts.get("quantiles", {}).items() if wage > code}
    kept = {p: wage for p, wage in facts.get("quantiles", {}).items() if p not in beyond}
    return {**facts, "quantiles": kept, "at_least": {**facts.get("at_least", {}), **beyond}}


def _fitted(facts: Mapping[str, Any]) -> Distribution | None:
    """The curve through the facts; None where no distribution has them, as in a few rows of 1997."""
    try:
        return fit(**facts)
    except (FactError, ConvergenceError):
        return None


def log_error(figure: float | str, pay: Distribution | None, mean_rse: float | None, level: float) -> float:
    """Standard error of the logarithm of a published figure; NaN where it is not known."""
    if mean_rse is None:
        return math.nan
    if isinstance(figure, str):
        return mean_rse / 100.0
    if pay is None or mean_rse == 0.0:
        return math.nan
    return log_error_of_percentile(pay, figure, effective_size(pay, mean_rse), level)


def figure_growth(
    name: str,
    figure: float | str,
    facts: tuple[Mapping[str, Any], ...],
    log_error: float,
    price: float,
    level: float,
) -> FigureGrowth:
    """Growth of one figure between two rows: a number, a bound, or unknown."""
    start, end = (_figure(each, figure) for each in facts)
    start_at_least, end_at_least = (each.get("at_least", {}).get(figure) for each in facts)
    ratio, status = math.nan, UNKNOWN
    if start is not None and end is not None:
        ratio, status = end / start, ESTIMATE
    elif start is not None and end_at_least is not None:
        ratio, status = end_at_least / start, AT_LEAST
    elif end is not None and start_at_least is not None:
        ratio, status = end / start_at_least, AT_MOST
    error = log_error if status == ESTIMATE else math.nan
    low, high = (ratio * math.exp(sign * errors_to_end(level) * error) for sign in (-1, 1))
    return FigureGrowth(
        figure=name,
        start=start,
        end=end,
        start_at_least=start_at_least,
        end_at_least=end_at_least,
        status=status,
        nominal=ratio - 1.0,
        standard_error=ratio * error,
        interval=(low - 1.0, high - 1.0),
        real=ratio / price - 1.0,
        real_standard_error=ratio / price * error,
        real_interval=(low / price - 1.0, high / price - 1.0),
    )


def _figure(facts: Mapping[str, Any], figure: float | str) -> float | None:
    found: float | None = facts.get("mean") if isinstance(figure, str) else facts["quantiles"].get(figure)
    return found


def _is_printed(row: FigureGrowth) -> bool:
    figures = (row.start, row.end, row.start_at_least, row.end_at_least)
    return any(figure is not None for figure in figures)
