"""Weighted least squares: the wage equation of Mincer (1974) fitted to the wages of people.

`estimate_factors` fits log wages on a formula.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.encoding import LevelColumn
from wagefit.estimation.estimate import Estimate, frozen, named_parts
from wagefit.estimation.formulas import Prepared, absorbed_key, intercept_of, prepare, written_out
from wagefit.estimation.notes import looks_like_log, notes_of
from wagefit.shared.arguments import FloatArray, as_choice

COVARIANCES = {
    "classic": _core.Covariance.classic,
    "HC1": _core.Covariance.hc1,
    "HC2": _core.Covariance.hc2,
    "HC3": _core.Covariance.hc3,
    "CR1": _core.Covariance.clustered,
    "CR2": _core.Covariance.clustered_leverage,
}
BY_CLUSTER = ("CR1", "CR2")
BY_LEVERAGE = ("HC2", "HC3")
MOST_ADJUSTED = 50
"""Number of clusters up to which errors are CR2 unless told otherwise. CR1 takes less time, and with more its 90 %
intervals cover 87 to 89 %."""


def estimate_factors(
    frame: Any,
    formula: str,
    *,
    weights: Any = None,
    covariance: str | None = None,
    cluster: Any = None,
    absorb: str | tuple[str, ...] | list[str] = (),
    frequencies: Any = None,
) -> Estimate:
    """Fits a salary-factor equation to individual wages by weighted least squares.

    Categorical columns (text, categories, ``C(column)``) are counted by level, never written out as indicator columns:
    a million rows take a fraction of a second, and factors of thousands of levels can be absorbed.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A row a person. Rows with a missing value in a column of the equation are left out and counted.
    formula : str
        For instance ``"log(wage) ~ education + experience + I(experience**2) + C(region)"``, in the grammar of
        formulaic. It is evaluated as Python: take formulas from people you trust.
    weights : str or array_like, shape (n,), optional
        Column or values: sampling or precision weights. Only their proportions matter. Rows of weight 0 are left out.
    covariance : {"classic", "HC1", "HC2", "HC3", "CR1", "CR2"}, optional
        Standard errors. "classic": homoskedastic. "HC1": White's with n / (n - p). "HC2" and "HC3": residuals over the
        root of 1 - leverage and over 1 - leverage. "CR1": by cluster, with G / (G - 1) (n - 1) / (n - p). "CR2": by
        cluster, residuals times (I - leverage)^-1/2, which takes the bias out of small numbers of clusters. When None:
        HC1; with `cluster` CR2 up to 50 clusters, CR1 beyond and where absorbed levels are in several clusters. Under
        some fifty rows take HC2.
    cluster : str or array_like, shape (n,), optional
        Column or values that say to which group a row belongs; errors may be correlated within a group.
    absorb : str or sequence of str
        Columns whose level effects are taken out and not reported (Frisch-Waugh-Lovell). Their number counts in
        the degrees of freedom, as R^2 counts what they explain; in CR1 without those that are nested in clusters. Rows
        that are alone in a level say nothing of the coefficients: they are set aside and counted.
    frequencies : str or array_like of int, shape (n,), optional
        Column or values: how many people each row stands for. A row of 5 is as five rows.

    Returns
    -------
    Estimate

    Raises
    ------
    FactError
        A column is unknown, a weight is below 0, the outcome is not finite, there are fewer rows than coefficients,
        or a column is a linear combination of others; the message names it.
    ImportError
        formulaic is not installed (``pip install "wagefit[formula]"``).

    Notes
    -----
    Normal equations with centered columns, then corrections from the residuals until they are below 1e-9 standard
    errors. HC1, HC2, HC3: MacKinnon and White (1985); CR1: Liang and Zeger (1986); CR2: Bell and McCaffrey (2002);
    smearing: Duan (1983).

    Intervals are Student's t, with n - p degrees of freedom, G - 1 with CR1, and with HC2 and CR2 Satterthwaite's for
    each coefficient (Bell and McCaffrey 2002, Imbens and Kolesar 2016). The error of a level that rests on one person
    (HC2, HC3) or on one cluster (CR1, CR2) is NaN, and a note names it: the equation meets it exactly, so that no
    residual tells how far off it is.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> equation = wf.estimate_factors(workers, "log(wage) ~ education")
    >>> equation.terms
    ('Intercept', 'education[T.school]')
    """
    absorbed = (absorb,) if isinstance(absorb, str) else tuple(absorb)
    _check_covariance(covariance, cluster is not None, absorbed)
    groups = {} if cluster is None else {"cluster": cluster}
    data = prepare(frame, formula, weights, groups, absorb=absorbed, frequencies=frequencies)
    clusters = data.groups.get("cluster")
    factors = [data.groups[absorbed_key(name)] for name in absorbed]
    kind = covariance or _usual_covariance(clusters, factors)
    if absorbed:
        return _absorbed(formula, data, kind, clusters, factors)
    fit = _core.least_squares(
        outcome=data.outcome, weights=data.weights, numeric=data.numeric, factors=data.factors,
        intercept=intercept_of(data), covariance=COVARIANCES[kind], clusters=clusters,
        dependence=_core.Dependence.refused, absorbed=0, names=data.names,
    )  # fmt: skip
    return _estimate(formula, "weighted least squares", data, fit, kind, data.names, fit.r_squared)


def _check_covariance(covariance: str | None, has_cluster: bool, absorbed: tuple[str, ...]) -> None:
    if covariance is None:
        return
    kind = as_choice("covariance", covariance, tuple(COVARIANCES))
    if (kind in BY_CLUSTER) != has_cluster:
        raise FactError(
            f"covariance is {kind!r} and cluster is {'given' if has_cluster else 'missing'}; "
            "expected 'CR1' or 'CR2' together with cluster"
        )
    if kind in BY_LEVERAGE and absorbed:
        raise FactError(f"covariance is {kind!r} with absorbed factors, whose leverage is not worked out; "
                        "expected another")  # fmt: skip


def _usual_covariance(clusters: LevelColumn | None, absorbed: list[LevelColumn]) -> str:
    if clusters is None:
        return "HC1"
    return "CR2" if clusters[1] <= MOST_ADJUSTED and not _across(clusters, absorbed) else "CR1"


def _across(clusters: LevelColumn, absorbed: list[LevelColumn]) -> list[LevelColumn]:
    """Absorbed factors some of whose levels have rows in several clusters."""
    return [factor for factor in absorbed if not _is_nested(factor, clusters)]


def _estimate(
    formula: str, method: str, data: Prepared, fit: Any, kind: str, names: tuple[str, ...], r_squared: float
) -> Estimate:
    """The core's fit under the names of its coefficients."""
    residual_std = float(np.sqrt(fit.residual_variance))
    is_log = looks_like_log(data, residual_std)
    parts = named_parts(
        names, fit.coefficients, fit.covariance, fit.error_freedom, data.units[len(data.units) - len(names) :]
    )
    clusters = data.groups.get("cluster")
    return Estimate(
        formula=formula,
        method=method,
        **parts,
        covariance=kind,
        nobs=len(data.outcome),
        dropped=data.dropped,
        rsquared=float(r_squared),
        df_resid=fit.degrees_of_freedom,
        residual_std=residual_std,
        smearing=_core.smearing(fit.residuals, data.weights) if is_log else float("nan"),
        objective=fit.objective,
        llf=_normal_log_likelihood(fit.objective, data.weights),
        parameters=len(data.outcome) - fit.degrees_of_freedom,
        is_log=is_log,
        resid=frozen(fit.residuals),
        fittedvalues=frozen(data.outcome - fit.residuals),
        notes=notes_of(data, kind, parts, clusters, fit.degrees_of_freedom, is_log),
        encoding=data.encoding,
    )


def _normal_log_likelihood(squares: float, weights: FloatArray) -> float:
    """Greatest log likelihood of normal errors with variances sigma^2 / weight."""
    n = len(weights)
    with np.errstate(divide="ignore"):  # no residual at all
        return float(-0.5 * n * (np.log(2.0 * np.pi * squares / n) + 1.0) + 0.5 * np.log(weights).sum())


def _absorbed(
    formula: str, data: Prepared, kind: str, clusters: LevelColumn | None, absorbed: list[LevelColumn]
) -> Estimate:
    """Least squares on what the absorbed factors leave of the outcome and of every column."""
    if kind == "CR2" and clusters is not None and _across(clusters, absorbed):
        raise FactError(
            "covariance is 'CR2' with absorbed factors whose levels are in several clusters; expected 'CR1'"
        )
    numeric, names = written_out(data)
    first = 1 if data.has_intercept else 0
    taken = _core.factor_effects(
        outcomes=np.asfortranarray(np.column_stack([data.outcome, numeric])), factors=absorbed, weights=data.weights
    )
    left = taken.residuals
    constant = [name for name, r2 in zip(names[first:], taken.r_squared[1:], strict=True) if not r2 < 1.0 - 1e-10]
    if constant:
        raise FactError(f"{constant[0]} is a linear combination of the absorbed levels; expected independent columns")
    fit = _core.least_squares(
        outcome=left[:, 0],
        weights=data.weights,
        numeric=np.asfortranarray(left[:, 1:]),
        factors=[],
        intercept=_core.Intercept.none,
        covariance=COVARIANCES[kind],
        clusters=clusters,
        dependence=_core.Dependence.refused,
        absorbed=taken.rank[0],
        absorbed_across_clusters=_rank_across(data, clusters, absorbed),
        names=names[first:],
    )
    r_squared = 1.0 - (1.0 - fit.r_squared) * (1.0 - taken.r_squared[0])
    method = "weighted least squares, factors absorbed"
    return replace(_estimate(formula, method, data, fit, kind, names[first:], r_squared), encoding=None)


def _rank_across(data: Prepared, clusters: LevelColumn | None, absorbed: list[LevelColumn]) -> int:
    """Coefficients of absorbed factors that no cluster holds whole levels of; where all are nested, the constant."""
    if clusters is None:
        return 0
    across = _across(clusters, absorbed)
    if not across:
        return 1
    outcome = np.asfortranarray(data.outcome[:, None])
    return int(_core.factor_effects(outcomes=outcome, factors=across, weights=data.weights).rank[0])


def _is_nested(factor: LevelColumn, clusters: LevelColumn) -> bool:
    """Whether all rows of each level are in one cluster."""
    cluster_of = np.zeros(factor[1], dtype=np.int32)
    cluster_of[factor[0]] = clusters[0]
    return bool((cluster_of[factor[0]] == clusters[0]).all())
