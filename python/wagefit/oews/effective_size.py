"""How large a sample knows percentiles as well as given standard errors say."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from wagefit.oews.layouts import PERCENTILES
from wagefit.shared.arguments import FloatArray

P = np.array(list(PERCENTILES.values()))
Z = np.array([NormalDist().inv_cdf(p) for p in P])
DENSITY = np.exp(-0.5 * Z**2) / np.sqrt(2.0 * np.pi)
LEAST_SLOPE = 0.03  # of log wage in the normal score: tied percentiles have none
LEAST_SIZE = 2.0


def relative_errors_of_mean(logs: FloatArray, errors: FloatArray) -> FloatArray:
    """Relative standard error of the mean, in percent, of a sample that knows the percentiles this well.

    Parameters
    ----------
    logs : ndarray, shape (n, 5)
        Logs of P10, P25, P50, P75, P90; NaN in rows without figures.
    errors : ndarray, shape (n, 5)
        Their standard errors; 0 or NaN of those that count as known, NaN results where all are.

    Returns
    -------
    ndarray, shape (n,)
        100 CV / sqrt(m), CV = sqrt(exp(s^2) - 1) that of a lognormal with the spread s of P10 and P90, and m the
        geometric mean, over the percentiles with errors e, of p (1 - p) (g' / phi)^2 / e^2, at which the asymptotic
        standard error of a sample quantile is e (Cox and Hinkley, 1974, appendix 2); g' is the slope of log wage in
        the normal score z, phi the normal density there.
    """
    slope = np.maximum(np.gradient(logs, Z, axis=1), LEAST_SLOPE) if len(logs) else logs
    of_one = np.sqrt(P * (1.0 - P)) / DENSITY * slope
    has_error = np.isfinite(errors) & (errors > 0.0) & np.isfinite(of_one)
    ratio = np.where(has_error, of_one / np.where(has_error, errors, 1.0), 1.0)
    counted = has_error.sum(axis=1)
    size = np.exp(2.0 * np.log(ratio).sum(axis=1) / np.maximum(counted, 1))
    spread = (logs[:, -1] - logs[:, 0]) / (Z[-1] - Z[0])
    variation = np.sqrt(np.expm1(np.minimum(spread, 3.0) ** 2))
    return np.where(counted > 0, 100.0 * variation / np.sqrt(np.maximum(size, LEAST_SIZE)), np.nan)
