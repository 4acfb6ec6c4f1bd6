"""Factors straight from published cells: states, areas, industries, ownership, occupations."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.cell_parts import CellRecord, Cells, Part, as_record, as_records, known, read_part, read_parts
from wagefit.factors.cell_totals import adding_up, error_over_whole, people_left, remainder, with_equal_shares
from wagefit.factors.from_amounts import FactorFromAmounts
from wagefit.factors.level import MEAN, Level
from wagefit.shared.arguments import FloatArray, as_choice

Amounts: TypeAlias = str | Mapping[str, float] | Callable[[str], float]
"""A column, amounts by level, or a function of the level."""

CellFactor = TypeVar("CellFactor", bound=FactorFromAmounts)

Figure: TypeAlias = Literal["mean", "p10", "p25", "p50", "p75", "p90"]

FIGURES = ("mean", "p10", "p25", "p50", "p75", "p90")
OTHERS = "all other"


class FactorFromCells(FactorFromAmounts):
    """Adds `from_cells` and `elasticity_from_cells`."""

    @classmethod
    def from_cells(
        cls: type[CellFactor],
        name: str,
        cells: Cells,
        reference: CellRecord,
        *,
        level: str = "area",
        label: str | None = None,
        figure: Figure = "mean",
        others: str | None = OTHERS,
        share_source: str | None = None,
    ) -> CellFactor:
        """A factor whose levels are published cells, with ratios to the cell of the whole.

        Parameters
        ----------
        name : str
            Of the factor.
        cells : sequence of rows, or a table
            One row a level: a wagefit.oews.Cell, mapping, pandas.Series or named tuple; one row alone is one level.
            Rows and tables need the columns of `wagefit.oews.read` that are used here: `level`, `figure`,
            ``employment`` and, where published, ``mean_rse`` and ``employment_rse`` (percent).
        reference : wagefit.oews.Cell, mapping, pandas.Series or named tuple
            The row of the whole, of which the others are parts.
        level : str
            Attribute or column that names the level: ``"area"``, ``"industry"``, ``"ownership"``, ``"occupation"``.
        label : str, optional
            Attribute or column of what people call the level; ``level + "_title"`` where there is such a column.
        figure : {"mean", "p10", "p25", "p50", "p75", "p90"}
            What is compared. Anything but the mean is a proxy for it, and labeled so.
        others : str or None
            Name of the level of everybody outside the cells. Of the mean it has what is left of the whole's payroll. Of
            a percentile it is open, as percentiles have no remainder: its ratio is the one with which all ratios
            average to one over the workforce, without a known error. None: the cells are everybody.
        share_source : str, optional
            Source of the employment; that of the cells when None.

        Returns
        -------
        Factor
            With the baseline ``"mean"``.

        Raises
        ------
        FactError
            A cell has no such figure; the cells employ more people than the whole, by more than rounding and sampling
            explain; nothing is left to pay the others with.

        Notes
        -----
        Var(log ratio) = r^2 + R^2 - 2 s r^2, r and R the relative standard errors of part and whole, s the part's share
        of the payroll: parts independent of one another. The remainder's variance is what is left of the whole's
        payroll variance. Cells whose employment is not published share equally what the others leave; this is an
        assumption, and no remainder is then formed.

        Cells may employ more people than the whole by the rounding of the figures, by 3 standard errors where
        ``employment_rse`` is published, and by 1 percent at least. Wherever the employment of all levels differs from
        the whole's, be it more or less, shares are scaled to sum to one, and the levels' notes name both figures.
        """
        as_choice("figure", figure, FIGURES)
        parts = read_parts(cells, level, label, figure)
        whole = read_part(as_record(reference), level, label, figure)
        _require_wages(parts, whole, figure)
        source = share_source if share_source is not None else f"{whole.source}, employment"
        levels = [_level(part, whole, figure, source) for part in parts]
        left = people_left(parts, whole)
        if any(part.employment is None for part in parts):
            levels = with_equal_shares(levels, parts, left / (whole.employment or 1.0))
        elif others is not None and left > 0:
            levels.append(remainder(parts, whole, others, figure, source))
        return cls(name, tuple(adding_up(levels, parts, whole, figure)), MEAN, errors="independent").checked()

    @classmethod
    def elasticity_from_cells(
        cls: type[CellFactor],
        name: str,
        cells: Cells,
        amounts: Amounts,
        *,
        level: str = "area",
        figure: Figure = "p50",
        bins: int = 9,
        unit: str = "",
        source: str = "",
    ) -> CellFactor:
        """Pay as a power of an amount by cell, such as an area's price level, size, or demand for the occupation.

        Parameters
        ----------
        name : str
            Of the factor.
        cells : sequence of wagefit.oews.Cell, or a table
            As in `from_cells`.
        amounts : str, mapping or callable
            Attribute or column of the amount (``"location_quotient"``: the demand for the occupation in a place;
            ``"employment"``: the size of the market), a mapping {level: amount}, or a function of the level
            (``wagefit.prices.parity``). Cells without an amount above 0, figure or employment are left out.
        level, figure
            As in `from_cells`.
        bins : int
            Amounts that stand for the workforce: means of log amounts in so many equal parts of employment.
        unit, source : str
            Of the amount; of the ratios.

        Returns
        -------
        Factor
            Continuous on the logarithmic scale; a note gives the elasticity, its error and R^2.

        Raises
        ------
        FactError
            Fewer than three cells have all that is needed, or their amounts do not differ.

        Notes
        -----
        Least squares of log figure on log amount, weighted by employment, HC1 error.
        """
        as_choice("figure", figure, FIGURES)
        rows = _amounts(as_records(cells), amounts, level, figure)
        if len(rows) < 3:
            raise FactError(f"cells: {len(rows)} have figure, employment and amount; expected at least 3")
        wage, people, amount = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
        slope, error, r_squared = _log_slope(wage, people, amount, name)
        note = (
            f"Elasticity {slope:.4f} ± {error:.4f} (HC1) over {len(rows)} cells weighted by employment, "
            f"R^2 {r_squared:.3f}; of {figure}, which stands for mean pay"
        )
        return cls.elasticity(
            name, slope, _equal_parts(amount, people, bins), standard_error=error, unit=unit,
            source=source or "Cells given",
            is_proxy=figure != "mean", note=note, share_source=source or "Employment of the cells given",
        )  # fmt: skip


def _log_slope(wage: FloatArray, people: FloatArray, amount: FloatArray, name: str) -> tuple[float, float, float]:
    """Slope of log wage on log amount over cells weighted by people, its HC1 error, and R^2."""
    fit = _core.least_squares(
        outcome=np.log(wage), weights=people, numeric=np.asfortranarray(np.log(amount)[:, None]), factors=[],
        intercept=_core.Intercept.included, covariance=_core.Covariance.hc1, clusters=None,
        dependence=_core.Dependence.refused, absorbed=0, names=("constant", name),
    )  # fmt: skip
    return float(fit.coefficients[1]), math.sqrt(fit.covariance[1, 1]), fit.r_squared


def _equal_parts(amount: FloatArray, people: FloatArray, bins: int) -> dict[float, float]:
    """Geometric means of amounts in equal parts of the workforce, with the parts' shares."""
    order = np.argsort(amount, kind="stable")
    middle = (np.cumsum(people[order]) - 0.5 * people[order]) / people.sum()
    part = np.minimum((middle * bins).astype(int), bins - 1)
    shares: dict[float, float] = {}
    for which in np.unique(part):
        inside = order[part == which]
        at = float(np.exp(np.average(np.log(amount[inside]), weights=people[inside])))
        shares[at] = shares.get(at, 0.0) + float(people[inside].sum() / people.sum())
    if len(shares) < 2:
        raise FactError("amounts do not differ between the cells; expected at least two amounts")
    return shares


def _amounts(
    records: Iterable[Mapping[str, Any]], amounts: Amounts, level: str, figure: str
) -> list[tuple[float, float, float]]:
    found = []
    for record in records:
        amount = _amount(record, amounts, level)
        wage, people = known(record.get(figure)), known(record.get("employment"))
        if amount is not None and wage is not None and people is not None and amount > 0:
            found.append((wage, people, amount))
    return found


def _amount(record: Mapping[str, Any], amounts: Amounts, level: str) -> float | None:
    if isinstance(amounts, str):
        return known(record.get(amounts))
    if isinstance(amounts, Mapping):
        return known(amounts.get(record[level]))
    try:
        return known(amounts(record[level]))
    except FactError:
        return None  # a place without a published amount


def _require_wages(parts: Iterable[Part], whole: Part, figure: str) -> None:
    for part in (*parts, whole):
        if part.wage is None or not part.wage > 0:
            raise FactError(
                f"cell {part.level!r} has no {figure}; expected a wage above 0 (left out, it is among the others)"
            )
    if whole.employment is None or not whole.employment > 0:
        raise FactError("reference has no employment; expected people")


def _level(part: Part, whole: Part, figure: str, share_source: str) -> Level:
    wage, whole_wage, people = part.wage or 0.0, whole.wage or 1.0, whole.employment or 1.0
    share = (part.employment or 0.0) / people
    ratio = wage / whole_wage
    return Level(
        name=part.level, label=part.label, ratio=ratio, standard_error=_error(ratio, part, whole, share), share=share,
        source=part.source, year=part.year, population=part.population, is_proxy=figure != "mean",
        note="" if figure == "mean" else f"Proxy: ratio of {figure}, no mean is published",
        share_source=share_source, share_year=part.year,
    )  # fmt: skip


def _error(ratio: float, part: Part, whole: Part, share: float) -> float | None:
    if part.wage_rse is None or whole.wage_rse is None:
        return None
    return ratio * error_over_whole(part.wage_rse / 100, whole.wage_rse / 100, share * ratio)
