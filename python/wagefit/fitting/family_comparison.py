"""Families of distributions compared on the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wagefit import _core
from wagefit.distributions.diagnostics import Diagnostics
from wagefit.distributions.distribution import ANNUAL, Distribution
from wagefit.errors import ConvergenceError, FactError, InfeasibleError
from wagefit.facts.facts import read_facts
from wagefit.fitting.brackets import fit_brackets
from wagefit.fitting.families import FAMILY_NAMES, fit_family
from wagefit.fitting.fit import FAMILIES, fit
from wagefit.shared.arguments import as_choice
from wagefit.shared.frames import make_frame
from wagefit.shared.types import Backend, Family, Number, Numbers, Quantiles

TYPES: dict[str, type] = {
    "family": str,
    "status": str,
    "parameters": int,
    "largest_residual": float,
    "chi2": float,
    "degrees_of_freedom": int,
    "p_value": float,
    "log_likelihood": float,
    "aic": float,
    "mean": float,
    "gini": float,
    "p95": float,
    "p99": float,
    "reason": str,
}


def compare_families(
    *,
    mean: Number | None = None,
    quantiles: Quantiles | None = None,
    edges: Numbers | None = None,
    counts: Numbers | None = None,
    mean_rse: Number | None = None,
    employment: Number | None = None,
    unit: str = ANNUAL,
    families: Sequence[Family] = FAMILIES,
    backend: Backend | None = None,
) -> Any:
    """What each family makes of the same figures, a row a family.

    Parameters
    ----------
    mean, quantiles, mean_rse, employment, unit
        As for `wagefit.fit`; every parametric family, the lognormal included, by generalized least squares.
    edges, counts : array_like, optional
        As for `wagefit.fit_brackets`, in place of `quantiles`; by maximum likelihood unless a mean is given.
    families : sequence of str
        Rows of the table, in this order.
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the table; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
        Columns: family; status, as in `diagnostics`, or ``"failed"``; parameters, of the curve as many as facts;
        largest_residual, the greatest relative deviation of a fact; chi2, degrees_of_freedom and p_value of the
        goodness of fit (missing without `mean_rse` or `employment`); log_likelihood and aic (bracket counts); mean,
        gini, p95 and p99; reason, one sentence on the status.

    Raises
    ------
    FactError
        The figures are wrong by themselves, or neither quantiles nor brackets, or both, are given.
    InfeasibleError
        No distribution satisfies them.

    Examples
    --------
    >>> table = wf.compare_families(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260}, backend="pandas")
    >>> table["family"].tolist()[:3]
    ['curve', 'lognormal', 'weibull']
    """
    for family in families:
        as_choice("families", family, FAMILIES)
    fitted = _fitting(mean, quantiles, edges, counts, mean_rse, employment, unit)
    curve = fitted("curve")  # raises what is wrong with the figures themselves
    n_facts = _fact_count(curve)
    rows = [_row(family, fitted, n_facts) for family in families]
    return make_frame({name: [row.get(name) for row in rows] for name in TYPES}, TYPES, backend)


def _fitting(
    mean: Number | None,
    quantiles: Quantiles | None,
    edges: Numbers | None,
    counts: Numbers | None,
    mean_rse: Number | None,
    employment: Number | None,
    unit: str,
) -> Callable[[Family], Distribution]:
    if (edges is None) != (counts is None):
        raise FactError("edges and counts belong together; expected both or neither")
    if (edges is None) == (quantiles is None):
        raise FactError("expected either quantiles or edges and counts")
    if edges is not None and counts is not None:
        return lambda family: fit_brackets(edges, counts, mean, family=family, unit=unit)
    facts = read_facts(mean=mean, quantiles=quantiles, mean_rse=mean_rse, employment=employment, unit=unit)
    curve = fit(mean=mean, quantiles=quantiles, mean_rse=mean_rse, employment=employment, unit=unit)
    return lambda family: curve if family == "curve" else fit_family(facts, family)


def _fact_count(curve: Distribution) -> int:
    if curve.diagnostics is None:
        raise ValueError("a fit has no diagnostics")
    return len(curve.diagnostics.residuals)


def _row(family: Family, fitted: Callable[[Family], Distribution], n_facts: int) -> dict[str, Any]:
    size = n_facts if family == "curve" else len(_core.parameter_names(FAMILY_NAMES[family]))
    row = {"family": family, "parameters": size, "degrees_of_freedom": max(n_facts - size, 0)}
    try:
        pay = fitted(family)
    except (FactError, InfeasibleError, ConvergenceError) as error:
        return row | {"status": "failed", "reason": str(error)}
    if pay.diagnostics is None:
        raise ValueError("a fit has no diagnostics")
    summary = {"mean": pay.mean(), "gini": pay.gini(), "p95": float(pay.ppf(0.95)), "p99": float(pay.ppf(0.99))}
    return row | _goodness(pay.diagnostics) | summary


def _goodness(diagnostics: Diagnostics) -> dict[str, Any]:
    estimate = diagnostics.estimate
    row: dict[str, Any] = {
        "status": diagnostics.status,
        "largest_residual": max(map(abs, diagnostics.residuals.values()), default=None),
        "reason": diagnostics.reason,
    }
    if estimate is not None:
        names = ("chi2", "degrees_of_freedom", "p_value", "log_likelihood", "aic")
        row |= {name: getattr(estimate, name) for name in names}
    return row
