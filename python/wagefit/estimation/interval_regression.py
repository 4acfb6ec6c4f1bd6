"""Interval regression: the wage equation for wages that are known only as brackets.

`estimate_bracketed` maximizes the likelihood of normal errors of log wages that are censored to intervals.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.estimate import Estimate, frozen, named_parts
from wagefit.estimation.formulas import all_columns, prepare
from wagefit.estimation.notes import rows_left_out, single_people
from wagefit.shared.arguments import FloatArray, as_choice

COVARIANCES = {"hessian": _core.LikelihoodErrors.hessian, "sandwich": _core.LikelihoodErrors.sandwich}


def estimate_bracketed(
    frame: Any,
    formula: str,
    *,
    lower: Any,
    upper: Any,
    weights: Any = None,
    covariance: str = "sandwich",
    frequencies: Any = None,
) -> Estimate:
    """Fits log wages that are known as brackets ("$40,000 to $49,999"), by maximum likelihood with normal errors.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A row a person.
    formula : str
        What explains log wages, without an outcome: ``"~ education + C(region)"``.
    lower, upper : str or array_like, shape (n,)
        Columns or values: the bracket's ends in wages (not logs). Missing or 0 below, missing or inf above: open. Equal
        ends: the wage is known. A top-coded wage is a bracket that is open above.
    weights, frequencies : str or array_like, shape (n,), optional
        As for `wagefit.estimate_factors`.
    covariance : {"sandwich", "hessian"}
        Robust errors, or those of the likelihood alone.

    Returns
    -------
    Estimate
        `residual_std` is the errors' estimated standard deviation sigma (no errors are observed), `smearing` is
        exp(sigma^2 / 2), `objective` the log likelihood (weights of mean 1), `rsquared` NaN.

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`, or a bracket's ends are in the wrong order, negative, or both open.
    ConvergenceError
        The likelihood has no maximum: all brackets are open on the same side, or all of a group's are, so that only a
        bound of its coefficient is known. The message names such coefficients.

    Notes
    -----
    Newton's method in coefficients / sigma and 1 / sigma, in which the log likelihood is concave (Olsen 1978, Stewart
    1983): the maximum is the only one.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> lower = np.floor(workers["wage"] / 10_000) * 10_000
    >>> equation = wf.estimate_bracketed(workers, "~ education", lower=np.maximum(lower, 1), upper=lower + 10_000)
    >>> round(float(abs(equation.params["education[T.school]"])), 1)
    0.2
    """
    errors = COVARIANCES[as_choice("covariance", covariance, tuple(COVARIANCES))]
    data = prepare(frame, formula, weights, numbers={"lower": lower, "upper": upper}, frequencies=frequencies, sides=1)
    low = _log_ends("lower", data.numbers["lower"], -np.inf)
    high = _log_ends("upper", data.numbers["upper"], np.inf)
    columns = all_columns(data)
    fit = _core.interval_regression(
        lower=low, upper=high, weights=data.weights, columns=columns, errors=errors, names=data.names
    )
    k = columns.shape[1]
    return Estimate(
        formula=formula,
        method="maximum likelihood of bracketed wages",
        **named_parts(data.names, fit.coefficients, np.array(fit.covariance[:k, :k]), len(columns) - k - 1, data.units),
        covariance=covariance,
        nobs=len(columns),
        dropped=data.dropped,
        rsquared=float("nan"),
        df_resid=len(columns) - k - 1,
        residual_std=fit.sigma,
        smearing=fit.smearing,
        objective=fit.log_likelihood,
        llf=fit.log_likelihood,
        parameters=k + 1,
        is_log=True,
        resid=frozen(np.empty(0)),
        fittedvalues=frozen(columns @ fit.coefficients),
        notes=tuple(filter(None, (single_people(data, covariance), *rows_left_out(data)))),
        encoding=data.encoding,
    )


def _log_ends(name: str, wages: FloatArray, open_end: float) -> FloatArray:
    if (wages < 0.0).any():
        raise FactError(f"{name} holds {wages[wages < 0.0][0]:g}; expected wages of at least 0")
    with np.errstate(divide="ignore"):  # a bracket from 0 is open below
        return np.where(np.isnan(wages), open_end, np.log(wages))
