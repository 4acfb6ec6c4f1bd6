"""Standard errors of published percentiles, of which only the mean's is published."""

from __future__ import annotations

import math

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution


def errors_to_end(level: float) -> float:
    """Standard errors from an estimate to the ends of its interval: the normal quantile of (1 + level) / 2.

    Examples
    --------
    >>> from wagefit.decisions.figure_errors import errors_to_end
    >>> round(errors_to_end(0.9), 3)
    1.645
    """
    return float(_core.normal_quantile(0.5 + 0.5 * level))


def effective_size(pay: Distribution, mean_rse: float) -> float:
    """People in a simple random sample whose mean has this relative standard error: (100 CV / RSE)^2.

    CV is the coefficient of variation of `pay`, the RSE in percent. It carries the design of the survey (clusters of
    people in establishments, weights) from the mean to other figures: L. Kish, *Survey Sampling*, Wiley 1965, 8.2.

    Examples
    --------
    >>> from wagefit.decisions.figure_errors import effective_size
    >>> pay = wf.fit(mean=50_000, quantiles={0.1: 30_000, 0.5: 47_000, 0.9: 75_000})
    >>> round(effective_size(pay, 100 * pay.std() / pay.mean() / 20))
    400
    """
    return float((100.0 * pay.std() / pay.mean() / mean_rse) ** 2)


def log_error_of_percentile(pay: Distribution, p: float, size: float, level: float) -> float:
    """Standard error of the logarithm of a sample percentile, about that of the wage as a part of it.

    Parameters
    ----------
    pay : Distribution
        Of the wages.
    p : float
        Probability of the percentile, in (0, 1).
    size : float
        People in the sample, as of `effective_size`.
    level : float
        Probability of the interval in which the error is used, in (0, 1).

    Returns
    -------
    float

    Notes
    -----
    The part of a sample that earns less than the percentile has the standard error sqrt(p (1 - p) / size). The wages at
    the ends of the interval of that part are those of the interval of the percentile: R. S. Woodruff, "Confidence
    intervals for medians and other position measures", JASA 47 (1952) 635-646. The error is its length in logarithms
    over twice the normal quantile. The interval is taken in log(p / (1 - p)), so that it stays inside (0, 1). For large
    samples the error is that of H. Cramér, *Mathematical Methods of Statistics*, Princeton 1946, 28.5: sqrt(p (1 - p) /
    size) over density and wage; but no density is needed, which jumps at published percentiles and is infinite at ties.

    Examples
    --------
    >>> from wagefit.decisions.figure_errors import log_error_of_percentile
    >>> pay = wf.fit(mean=50_000, quantiles={0.1: 30_000, 0.5: 47_000, 0.9: 75_000})
    >>> round(log_error_of_percentile(pay, 0.5, 400, 0.9), 4)
    0.0227
    """
    z = errors_to_end(level)
    step = z / math.sqrt(size * p * (1.0 - p))  # z times the error of p, over the derivative p (1 - p) of the logistic
    logit = math.log(p / (1.0 - p))
    low, high = (1.0 / (1.0 + math.exp(-end)) for end in (logit - step, logit + step))
    return float(np.log(pay.ppf(high) / pay.ppf(low)) / (2.0 * z))
