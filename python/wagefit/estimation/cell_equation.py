"""Regression of published cells: the wage equation by feasible generalized least squares.

`estimate_cells` fits the mixed model of a meta-regression: the error variance of a cell is a part between cells plus a
sampling part, and both are estimated by restricted maximum likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.estimate import Estimate, frozen, named_parts
from wagefit.estimation.formulas import Prepared, intercept_of, prepare
from wagefit.estimation.notes import looks_like_log, notes_of
from wagefit.shared.arguments import FloatArray


@dataclass(frozen=True, eq=False, repr=False)
class CellEstimate(Estimate):
    """An equation fitted to published figures, whose errors have the variance between + sampling x known part.

    Examples
    --------
    >>> import pandas as pd
    >>> states = wf.oews.cells(occupation="29-2072", year=2025, area_type="state")
    >>> table = pd.DataFrame({"wage": [cell.p50 for cell in states], "size": [cell.employment for cell in states]})
    >>> table = table.dropna()
    >>> equation = wf.estimation.estimate_cells(table, "log(wage) ~ log(size)", employment="size")
    >>> equation.between > 0
    True
    """

    between: float
    """Variance of what the equation leaves out of a cell's log wage."""
    sampling: float
    """Factor of the known part: 1 with relative standard errors, with employment the sampling variance x employment."""
    variances: FloatArray
    """Estimated error variance of each cell's log wage, shape (n,)."""


def estimate_cells(frame: Any, formula: str, *, rse: Any = None, employment: Any = None) -> CellEstimate:
    """Fits log wages of published cells by generalized least squares.

    A cell of twenty people tells less than one of twenty thousand, but not a thousand times less: what the equation
    leaves out of a cell does not shrink with its size. Both variances are estimated, so that neither is assumed.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A row a cell.
    formula : str
        For instance ``"log(mean) ~ C(sector) + C(state)"``.
    rse : str or array_like, shape (n,), optional
        Published relative standard errors in percent; the sampling variance of a log wage is (rse / 100)^2.
    employment : str or array_like, shape (n,), optional
        People in the cell, above 0: where no errors are published, the sampling variance is taken as proportional to
        one over employment and its size is estimated from the data.

    Returns
    -------
    CellEstimate
        `cov` is Kenward and Roger's (1997): the generalized least squares covariance with what estimating the variance
        function adds.

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`; neither or both of `rse` and `employment` are given, or one is out of range.
    ConvergenceError
        The variance function does not settle.

    Notes
    -----
    Restricted maximum likelihood of the variance function (Patterson and Thompson 1971) by Fisher scoring; with
    published errors this is random-effects meta-regression.

    Examples
    --------
    >>> import pandas as pd
    >>> states = wf.oews.cells(occupation="29-2072", year=2025, area_type="state")
    >>> table = pd.DataFrame({"wage": [cell.p50 for cell in states], "size": [cell.employment for cell in states]})
    >>> table = table.dropna()
    >>> equation = wf.estimation.estimate_cells(table, "log(wage) ~ log(size)", employment="size")
    >>> equation.terms
    ('Intercept', 'log(size)')
    """
    if (rse is None) == (employment is None):
        raise FactError("expected either rse or employment")
    name, value = ("rse", rse) if employment is None else ("employment", employment)
    data = prepare(frame, formula, None, groups={}, numbers={name: value})
    known = _known_part(name, data.numbers[name])
    kind = _core.SamplingVariance.known if name == "rse" else _core.SamplingVariance.proportional
    fit = _core.cell_equation(
        outcome=data.outcome, known=known, numeric=data.numeric, factors=data.factors, intercept=intercept_of(data),
        kind=kind, names=data.names,
    )  # fmt: skip
    return _estimate(formula, data, fit)


def _estimate(formula: str, data: Prepared, fit: Any) -> CellEstimate:
    """The core's fit under the names of its coefficients."""
    df_resid = len(data.outcome) - len(data.names)
    parts = named_parts(data.names, fit.coefficients, fit.covariance, df_resid, data.units)
    is_log = looks_like_log(data, fit.residual_spread)
    return CellEstimate(
        formula=formula,
        method="generalized least squares of cells",
        **parts,
        covariance="Kenward-Roger",
        nobs=len(data.outcome),
        dropped=data.dropped,
        rsquared=fit.r_squared,
        df_resid=df_resid,
        residual_std=fit.residual_spread,
        smearing=_core.smearing(fit.residuals, 1.0 / fit.variances) if is_log else float("nan"),
        objective=fit.objective,
        llf=float("nan"),  # a restricted likelihood compares no equations with other terms
        parameters=len(data.names) + 1,
        is_log=is_log,
        resid=frozen(fit.residuals),
        fittedvalues=frozen(data.outcome - fit.residuals),
        notes=notes_of(data, "Kenward-Roger", parts, None, df_resid, is_log),
        encoding=data.encoding,
        between=fit.between,
        sampling=fit.sampling,
        variances=frozen(fit.variances),
    )


def _known_part(name: str, values: FloatArray) -> FloatArray:
    """Sampling variance of log wages, known (rse) or up to a factor (employment)."""
    least = 0.0 if name == "rse" else np.nextafter(0.0, 1.0)
    if not (np.isfinite(values) & (values >= least)).all():
        expected = "percentages of at least 0" if name == "rse" else "numbers of people above 0"
        raise FactError(f"{name} holds nan, inf or a number out of range; expected {expected} in every row")
    return (values / 100.0) ** 2 if name == "rse" else 1.0 / values
