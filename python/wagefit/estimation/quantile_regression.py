"""Quantile regression: the wage equation for percentiles of pay.

`estimate_quantiles` minimizes the check loss of Koenker and Bassett (1978) for each percentile.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.formulas import Prepared, all_columns, check_sides, prepare
from wagefit.estimation.least_squares import Estimate, named_parts
from wagefit.shared.arguments import as_array


def estimate_quantiles(frame: Any, formula: str, p: Any = 0.5, *, weights: Any = None) -> Any:
    """Fits the p-th conditional percentile of pay: what education, say, adds at the bottom and at the top.

    Parameters
    ----------
    frame, formula, weights
        As for `wagefit.estimate_factors`; weights multiply each person's loss.
    p : float or sequence of float
        Probabilities strictly between 0 and 1.

    Returns
    -------
    Estimate, or mapping {p: Estimate} where `p` is a sequence
        `objective` is the check loss, sum of weight x residual x (p - [residual < 0]); `rsquared` is Koenker and
        Machado's (1999) R1, one less the loss over that of a constant alone; `smearing` is 1: exp of a
        fitted percentile of log pay is the percentile of pay.

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`, or a probability is outside (0, 1).

    Notes
    -----
    Frisch-Newton interior point (Portnoy and Koenker 1997), then simplex steps until no edge descends, so that the
    loss is the least there is. Errors: Powell's (1991) sandwich with Epanechnikov's kernel and Hall and Sheather's
    (1988) bandwidth in proportion to each person's spread, absolute residuals by least squares on the terms: they allow
    for spreads that differ between people.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> median = wf.estimate_quantiles(workers, "log(wage) ~ education", 0.5)
    >>> round(median.rsquared, 2)
    0.05
    >>> sorted(median.params)
    ['Intercept', 'education[T.school]']
    """
    check_sides(formula, 2)
    probabilities = as_array("p", p)
    outside = [value for value in probabilities.ravel() if not 0.0 < value < 1.0]
    if outside or probabilities.ndim > 1 or probabilities.size == 0:
        raise FactError(f"p is {p!r}; expected probabilities strictly between 0 and 1")
    data = prepare(frame, formula, weights)
    columns = all_columns(data)
    if probabilities.ndim == 0:
        return _fit(formula, data, columns, float(probabilities))
    fits: Mapping[float, Estimate] = MappingProxyType(
        {float(value): _fit(formula, data, columns, float(value)) for value in probabilities}
    )
    return fits


def _fit(formula: str, data: Prepared, columns: np.ndarray, p: float) -> Estimate:
    fit = _core.quantile_regression(outcome=data.outcome, weights=data.weights, columns=columns, p=p, names=data.names)
    return Estimate(
        formula=formula,
        method=f"quantile regression at p = {p:g}",
        **named_parts(data.names, fit.coefficients, fit.covariance),
        covariance="kernel",
        nobs=len(columns),
        dropped=data.dropped,
        rsquared=fit.r_squared,
        df_resid=len(columns) - columns.shape[1],
        residual_std=fit.residual_spread,
        smearing=1.0,
        objective=fit.check_loss,
    )
