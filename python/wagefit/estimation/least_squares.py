"""Weighted least squares: the wage equation of Mincer (1974) fitted to the wages of people.

`estimate_factors` fits log wages on a formula. An `Estimate` holds the coefficients of this and other estimators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.formulas import LevelColumn, Prepared, check_sides, intercept_of, prepare, written_out
from wagefit.shared.arguments import FloatArray, as_choice
from wagefit.shared.frames import make_frame

COVARIANCES = {
    "classic": _core.Covariance.classic,
    "HC1": _core.Covariance.hc1,
    "HC3": _core.Covariance.hc3,
    "CR1": _core.Covariance.clustered,
}
COLUMNS: dict[str, type] = {
    "term": str,
    "estimate": float,
    "error": float,
    "z": float,
    "p_value": float,
    "low": float,
    "high": float,
    "percent": float,
}


@dataclass(frozen=True)
class Estimate:
    """An equation fitted to wages. Immutable.

    On logs a coefficient b is a difference in log points: pay is exp(b) times as high, a premium of 100 (exp(b) - 1)
    percent of the geometric mean. Association, not cause.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> equation = wf.estimate_factors(workers, "log(wage) ~ education")
    >>> equation.nobs, sorted(equation.params)
    (400, ['Intercept', 'education[T.school]'])
    """

    formula: str
    method: str
    """What was fitted, in words."""
    params: Mapping[str, float]
    """Coefficient of each term."""
    bse: Mapping[str, float]
    """Standard error of each coefficient."""
    cov: FloatArray = field(repr=False)
    """Covariance of the coefficients in the order of `params`, shape (p, p); read-only."""
    covariance: str
    """Kind of `cov`, such as ``"HC1"``."""
    nobs: int
    dropped: int
    """Rows left out because a value was missing."""
    rsquared: float
    """Weighted R2; NaN where the method has none."""
    df_resid: int
    """Rows less coefficients (absorbed ones among them)."""
    residual_std: float
    """Spread of the residuals, in the outcome's unit (log points)."""
    smearing: float
    """Duan's factor, the weighted mean of exp(residual): mean pay is exp(fitted log pay) times this."""
    objective: float
    """What the fit minimizes or maximizes: weighted squares, check loss, or log likelihood."""

    def interval(self, term: str, level: float = 0.9) -> tuple[float, float]:
        """Confidence interval of one coefficient, by the normal distribution.

        Parameters
        ----------
        term : str
            One of `params`.
        level : float
            Probability that the interval holds the coefficient, in (0, 1).

        Returns
        -------
        (float, float)
            In the outcome's unit (log points).

        Raises
        ------
        FactError
            An unknown term, naming the known ones.
        """
        if term not in self.params:
            raise FactError(f"term is {term!r}; expected one of {', '.join(self.params)}")
        half = float(_core.normal_quantile(0.5 + 0.5 * level)) * self.bse[term]
        return self.params[term] - half, self.params[term] + half

    def ratio(self, term: str, level: float = 0.9) -> tuple[float, float, float]:
        """exp(coefficient), the pay ratio of an equation for logs, and the ends of its interval.

        Parameters
        ----------
        term, level
            As for `interval`.

        Returns
        -------
        (float, float, float)
            Ratio, low end, high end.

        Raises
        ------
        FactError
            An unknown term, naming the known ones.
        """
        low, high = self.interval(term, level)
        return float(np.exp(self.params[term])), float(np.exp(low)), float(np.exp(high))

    def to_frame(self, backend: str | None = None, level: float = 0.9) -> Any:
        """The coefficients as a table, a row a term.

        Columns: term; estimate; error, its standard error; z; p_value, two-sided, normal; low and high, the ends of the
        interval; percent, 100 (exp(estimate) - 1).
        """
        estimate, error = np.array(list(self.params.values())), np.array(list(self.bse.values()))
        with np.errstate(divide="ignore", invalid="ignore"):  # a coefficient known without error
            z = estimate / error
        half = float(_core.normal_quantile(0.5 + 0.5 * level)) * error
        columns = {
            "term": list(self.params),
            "estimate": estimate,
            "error": error,
            "z": z,
            "p_value": 2.0 * np.asarray(_core.normal_sf(np.abs(z))),
            "low": estimate - half,
            "high": estimate + half,
            "percent": 100.0 * np.expm1(estimate),
        }
        return make_frame({name: list(columns[name]) for name in COLUMNS}, COLUMNS, backend)

    def summary(self, level: float = 0.9) -> str:
        """The equation as text: a line a term, then what it was fitted to."""
        width = max(12, *map(len, self.params)) if self.params else 12
        lines = [self.formula, f"{'':{width}} {'estimate':>12} {'error':>11} {'z':>8}  {100 * level:g} % interval"]
        for term, value in self.params.items():
            low, high = self.interval(term, level)
            z = value / self.bse[term] if self.bse[term] else float("nan")
            lines.append(f"{term:{width}} {value:12.6g} {self.bse[term]:11.4g} {z:8.2f}  {low:.6g} to {high:.6g}")
        fit = f", R^2 {self.rsquared:.5f}" if np.isfinite(self.rsquared) else ""
        lines.append(
            f"{self.method}; {self.covariance} errors; {self.nobs:,} rows{fit}, residual spread "
            f"{self.residual_std:.4f}"
            + (f"; {self.dropped:,} rows with missing values left out" if self.dropped else "")
        )
        return "\n".join(lines)


def estimate_factors(
    frame: Any,
    formula: str,
    *,
    weights: Any = None,
    covariance: str | None = None,
    cluster: Any = None,
    absorb: str | tuple[str, ...] | list[str] = (),
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
        Column or values: sampling or precision weights, above 0. Only their proportions matter.
    covariance : {"classic", "HC1", "HC3", "CR1"}, optional
        Standard errors: homoskedastic; White's with n / (n - p); residuals over 1 - leverage; by cluster, with
        G / (G - 1) (n - 1) / (n - p). HC1 when None, CR1 where `cluster` is given.
    cluster : str or array_like, shape (n,), optional
        Column or values that say to which group a row belongs; errors may be correlated within a group.
    absorb : str or sequence of str
        Columns whose level effects are taken out and not reported (Frisch-Waugh-Lovell). Their number counts in
        the degrees of freedom, as R^2 counts what they explain.

    Returns
    -------
    Estimate

    Raises
    ------
    FactError
        A column is unknown, a weight is not above 0, the outcome is not finite, there are fewer rows than coefficients,
        or a column is a linear combination of others; the message names it.
    ImportError
        formulaic is not installed (``pip install "wagefit[formula]"``).

    Notes
    -----
    Normal equations with centered columns, then corrections from the residuals until they are below 1e-9 standard
    errors. HC1, HC3: MacKinnon and White (1985); CR1: Liang and Zeger (1986); smearing: Duan (1983).

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> equation = wf.estimate_factors(workers, "log(wage) ~ education")
    >>> sorted(equation.params)
    ['Intercept', 'education[T.school]']
    """
    absorbed = (absorb,) if isinstance(absorb, str) else tuple(absorb)
    kind = as_choice("covariance", covariance or ("HC1" if cluster is None else "CR1"), tuple(COVARIANCES))
    if (kind == "CR1") != (cluster is not None):
        raise FactError(
            f"covariance is {kind!r} and cluster is {'given' if cluster is not None else 'missing'}; "
            "expected 'CR1' together with cluster"
        )
    if kind == "HC3" and absorbed:
        raise FactError("covariance is 'HC3' with absorbed factors, whose leverage is not worked out; expected another")
    groups = {f"absorb {name}": name for name in absorbed} | ({} if cluster is None else {"cluster": cluster})
    check_sides(formula, 2)
    data = prepare(frame, formula, weights, groups)
    clusters = data.groups.get("cluster")
    if absorbed:
        return _absorbed(formula, data, kind, clusters, [data.groups[f"absorb {name}"] for name in absorbed])
    check = _core.Dependence.refused
    fit = _core.least_squares(
        outcome=data.outcome, weights=data.weights, numeric=data.numeric, factors=data.factors,
        intercept=intercept_of(data), covariance=COVARIANCES[kind], clusters=clusters, dependence=check, absorbed=0,
        names=data.names,
    )  # fmt: skip
    return _estimate(formula, "weighted least squares", data, fit, kind, data.names, fit.r_squared)


def named_parts(names: tuple[str, ...], coefficients: FloatArray, cov: FloatArray) -> dict[str, Any]:
    """Coefficients, errors and covariance as read-only arguments of `Estimate`."""
    cov.flags.writeable = False
    errors = np.sqrt(np.diag(cov))
    return {
        "params": MappingProxyType(dict(zip(names, coefficients.tolist(), strict=True))),
        "bse": MappingProxyType(dict(zip(names, errors.tolist(), strict=True))),
        "cov": cov,
    }


def _estimate(
    formula: str, method: str, data: Prepared, fit: Any, kind: str, names: tuple[str, ...], r_squared: float
) -> Estimate:
    """The core's fit under the names of its coefficients."""
    return Estimate(
        formula=formula,
        method=method,
        **named_parts(names, fit.coefficients, fit.covariance),
        covariance=kind,
        nobs=len(data.outcome),
        dropped=data.dropped,
        rsquared=float(r_squared),
        df_resid=fit.degrees_of_freedom,
        residual_std=float(np.sqrt(fit.residual_variance)),
        smearing=_core.smearing(fit.residuals, data.weights),
        objective=fit.objective,
    )


def _absorbed(
    formula: str, data: Prepared, kind: str, clusters: LevelColumn | None, absorbed: list[LevelColumn]
) -> Estimate:
    """Least squares on what the absorbed factors leave of the outcome and of every column."""
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
        names=names[first:],
    )
    r_squared = 1.0 - (1.0 - fit.r_squared) * (1.0 - taken.r_squared[0])
    return _estimate(formula, "weighted least squares, factors absorbed", data, fit, kind, names[first:], r_squared)
