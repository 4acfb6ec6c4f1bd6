"""Multi-way fixed effects: what every level of several factors adds to log wages of published cells.

`estimate_factor_curves` fits several published figures, such as percentiles, at once. The effects of a level on each
of them are its factor curve, a `FactorCurves` those of all levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.encoding import LevelColumn
from wagefit.shared.arguments import FloatArray
from wagefit.shared.columns import as_numbers, column_of, complete_rows, level_codes
from wagefit.shared.frames import columns_of, make_frame
from wagefit.shared.read_only import ReadOnly, ReadOnlyResult


@dataclass(frozen=True)
class FactorCurves(ReadOnlyResult):
    """What each level of each factor adds to log wages, one figure (such as a percentile) after the other. Immutable.

    log wage = constant + effect of the level of each factor + residual; effects have weighted mean zero over the rows.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({"state": ["NJ", "NJ", "AR", "AR"], "job": ["a", "b", "a", "b"],
    ...                       "p10": [30e3, 40e3, 24e3, 32e3], "p90": [70e3, 90e3, 50e3, 66e3]})
    >>> curves = wf.estimation.estimate_factor_curves(cells, ["p10", "p90"], ["state", "job"])
    >>> {figure: round(ratio, 2) for figure, ratio in curves.ratios("state", "NJ", baseline="AR").items()}
    {'p10': 1.25, 'p90': 1.38}
    """

    outcomes: tuple[str, ...]
    """Names of the m figures."""
    constants: FloatArray
    """Weighted mean of each figure's log, shape (m,)."""
    effects: Mapping[str, FloatArray]
    """Effects by factor, log points, shape (levels, m); NaN where a figure has no row at a level."""
    levels: Mapping[str, tuple[Any, ...]]
    """Labels of the levels by factor."""
    rsquared: FloatArray
    """Weighted R2 of each figure, shape (m,)."""
    nobs: tuple[int, ...]
    """Number of rows that have each figure."""
    connected: tuple[bool, ...]
    """Whether rows connect all levels, without which effects of different groups are not comparable."""
    residuals: FloatArray
    """Residuals of the rows of the frame, log points, shape (n, m); NaN where a figure is missing."""

    def ratios(self, factor: str, level: Any, baseline: Any = None) -> dict[str, float]:
        """Factor curve of one level: its pay ratio, one figure after the other.

        Parameters
        ----------
        factor : str
        level : object
            One of `levels`.
        baseline : object, optional
            Level that is compared with; None: the weighted average of all.

        Returns
        -------
        dict {figure: ratio}

        Raises
        ------
        FactError
            An unknown factor or level, naming known ones.
        """
        effects = self._effects(factor, level)
        base = np.zeros(len(self.outcomes)) if baseline is None else self._effects(factor, baseline)
        return dict(zip(self.outcomes, np.exp(effects - base).tolist(), strict=True))

    def to_frame(self, factor: str, backend: str | None = None) -> Any:
        """Effects of a factor's levels as a table: a column `level`, then one of log points for each figure."""
        values = self._factor(factor)
        columns: dict[str, list[Any]] = {"level": [str(label) for label in self.levels[factor]]}
        columns |= {name: values[:, j].tolist() for j, name in enumerate(self.outcomes)}
        return make_frame(columns, {"level": str, **dict.fromkeys(self.outcomes, float)}, backend)

    def _factor(self, factor: str) -> FloatArray:
        if factor not in self.effects:
            raise FactError(f"factor is {factor!r}; expected one of {', '.join(self.effects)}")
        return self.effects[factor]

    def _effects(self, factor: str, level: Any) -> FloatArray:
        values = self._factor(factor)
        if level not in self.levels[factor]:
            known = ", ".join(map(repr, self.levels[factor][:5]))
            raise FactError(f"level is {level!r}; expected one of the {len(values)} levels of {factor}: {known}, ...")
        effects: FloatArray = values[self.levels[factor].index(level)]
        return effects


def estimate_factor_curves(
    frame: Any, outcomes: str | Sequence[str], factors: Sequence[str], *, weights: Any = None
) -> FactorCurves:
    """Fits log wages of published cells on all levels of several factors, for instance occupation and area.

    Every figure (P10, P25, the median, ...) gets its own effects: together they are factor curves, which say whether a
    level lifts the bottom or the top of the scale.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A row a cell.
    outcomes : str or sequence of str
        Columns of wages, above 0 and in one unit (dollars a year); missing where not published. A row without a figure
        is left out of that figure's equation only.
    factors : sequence of str
        Columns whose levels explain the wages.
    weights : str or array_like, shape (n,), optional
        Column or values, such as employment. Rows whose weight is 0, or whose weight or level is missing, are left out.

    Returns
    -------
    FactorCurves

    Raises
    ------
    FactError
        A column is unknown, a wage is not above 0, a weight is below 0, or no row is left.

    Notes
    -----
    Normal equations of all levels, solved directly: the factor with the most levels is eliminated, and one dense system
    of the others' levels (a Schur complement) is factored once for all figures that the same rows have.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({"state": ["NJ", "NJ", "AR", "AR"], "job": ["a", "b", "a", "b"],
    ...                       "p10": [30e3, 40e3, 24e3, 32e3], "p90": [70e3, 90e3, 50e3, 66e3]})
    >>> curves = wf.estimation.estimate_factor_curves(cells, ["p10", "p90"], ["state", "job"])
    >>> curves.levels["state"]
    ('AR', 'NJ')
    """
    names = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
    if not names or not factors:
        raise FactError("outcomes or factors are none; expected at least one column of each")
    table = columns_of(frame)
    columns = {name: column_of("factors", name, table) for name in factors}
    n = len(next(iter(columns.values())))
    masses = np.ones(n) if weights is None else column_of("weights", weights, table)
    wages = np.column_stack([_wages(name, column_of("outcomes", name, table)) for name in names])
    kept = complete_rows([*columns.values(), masses], n) & ~np.isnan(wages).all(axis=1)
    kept[kept] &= as_numbers("weights", masses[kept]) != 0.0
    if not kept.any():
        raise FactError("frame has no row with a wage, all factors and a weight; expected some")
    coded = {name: level_codes(values[kept]) for name, values in columns.items()}
    levels: list[LevelColumn] = [(codes, len(labels)) for codes, labels in coded.values()]
    solved = _core.factor_effects(
        outcomes=np.asfortranarray(np.log(wages[kept])),
        factors=levels,
        weights=np.ascontiguousarray(masses[kept], dtype=float),
    )
    residuals = np.full(wages.shape, np.nan)
    residuals[kept] = solved.residuals
    return _curves(names, {name: labels for name, (_, labels) in coded.items()}, solved, residuals)


def _curves(names: tuple[str, ...], labels: Mapping[str, Any], solved: Any, residuals: FloatArray) -> FactorCurves:
    """The core's effects under the names of figures and factors."""
    full_rank = [sum((~np.isnan(e[:, j])).sum() for e in solved.effects) - len(labels) + 1 for j in range(len(names))]
    return FactorCurves(
        outcomes=names,
        constants=_frozen(solved.constants),
        effects=ReadOnly({name: _frozen(e) for name, e in zip(labels, solved.effects, strict=True)}),
        levels=ReadOnly(labels),
        rsquared=_frozen(solved.r_squared),
        nobs=tuple(solved.rows),
        connected=tuple(bool(rank == full) for rank, full in zip(solved.rank, full_rank, strict=True)),
        residuals=_frozen(residuals),
    )


def _wages(name: str, values: Any) -> FloatArray:
    try:
        wages = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise FactError(f"outcomes: {name} is no column of numbers; expected wages") from error
    if (wages <= 0.0).any() or np.isinf(wages).any():
        raise FactError(f"outcomes: {name} holds a wage of at most 0 or inf; expected finite wages above 0")
    return wages


def _frozen(values: FloatArray) -> FloatArray:
    values.flags.writeable = False
    return values
