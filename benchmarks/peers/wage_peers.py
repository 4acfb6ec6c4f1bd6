"""The same wage equations by other packages, by their documented interfaces and with the same corrections."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from wage_tasks import Fit, Fitted, NotOfferedError, Task, matrix, named


def statsmodels_fit(task: Task) -> Fitted:
    """`wls` and `quantreg` from a formula; absorbing is not offered."""
    import statsmodels.formula.api as smf

    if task.absorbed:
        raise NotOfferedError
    if task.kind == "median":
        return Fitted(named(smf.quantreg(task.formula, task.frame).fit(q=0.5, p_tol=1e-9, max_iter=5000).params))
    weights: Any = 1.0 if task.weights is None else task.frame[task.weights]
    model = smf.wls(task.formula, task.frame, weights=weights)
    if task.kind == "CR1":
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": task.frame.cluster})
    else:
        fit = model.fit(cov_type="nonrobust" if task.kind == "coefficients" else task.kind)
    return Fitted(named(fit.params), None if task.kind == "coefficients" else named(fit.bse))


def pyfixest_fit(task: Task) -> Fitted:
    """`feols` and `quantreg`; HC3 without its further factor n / (n - p)."""
    import pyfixest

    if task.kind == "median":
        return Fitted(named(pyfixest.quantreg(task.formula, task.frame, quantile=0.5, tol=1e-10).coef()))
    vcov: Any = {"HC1": "hetero", "HC3": "HC3", "CR1": {"CRV1": "cluster"}, "coefficients": "iid"}[task.kind]
    formula = task.formula + (f" | {' + '.join(task.absorbed)}" if task.absorbed else "")
    correction = pyfixest.ssc(k_adj=False, G_adj=False) if task.kind == "HC3" else pyfixest.ssc()
    fit = pyfixest.feols(formula, task.frame, vcov=vcov, weights=task.weights, ssc=correction, fixef_tol=1e-12)
    return Fitted(named(fit.coef()), None if task.kind == "coefficients" else named(fit.se()))


def linearmodels_fit(task: Task) -> Fitted:
    """`IV2SLS` without instruments, and `AbsorbingLS` from columns; HC3 and quantiles are not offered."""
    from linearmodels.iv import IV2SLS, AbsorbingLS

    if task.kind in ("HC3", "median"):
        raise NotOfferedError
    weights = None if task.weights is None else task.frame[task.weights]
    if task.absorbed:
        columns, names = matrix(task)
        inner = pd.DataFrame(columns, columns=names).drop(columns="Intercept")
        levels = task.frame[list(task.absorbed)].astype("category")
        model = AbsorbingLS(task.frame.logs, inner, absorb=levels, weights=weights)
    else:
        model = IV2SLS.from_formula(f"logs ~ 1 + {task.terms}", task.frame, weights=weights)
    options: dict[str, Any] = {"cov_type": "unadjusted" if task.kind == "coefficients" else "robust"}
    if task.kind == "CR1":
        options = {"cov_type": "clustered", "clusters": task.frame.cluster.astype("category").cat.codes}
    fit = model.fit(debiased=True, **options)
    return Fitted(named(fit.params), None if task.kind == "coefficients" else named(fit.std_errors))


def scikit_learn_fit(task: Task) -> Fitted:
    """`LinearRegression` and `QuantileRegressor` on indicators; it has no standard errors."""
    from sklearn.linear_model import LinearRegression, QuantileRegressor

    if task.kind not in ("coefficients", "median") or task.absorbed:
        raise NotOfferedError
    columns, names = matrix(task)
    if task.kind == "median":
        model = QuantileRegressor(quantile=0.5, alpha=0.0, fit_intercept=False, solver="highs")
    else:
        model = LinearRegression(fit_intercept=False)
    weights = None if task.weights is None else task.frame[task.weights].to_numpy()
    fit = model.fit(columns, task.frame.logs.to_numpy(), sample_weight=weights)
    return Fitted(named(dict(zip(names, np.asarray(fit.coef_), strict=True))))


PEERS: dict[str, Fit] = {
    "statsmodels": statsmodels_fit,
    "pyfixest": pyfixest_fit,
    "linearmodels": linearmodels_fit,
    "scikit-learn": scikit_learn_fit,
}
