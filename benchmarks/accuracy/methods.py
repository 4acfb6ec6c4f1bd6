"""The methods that the curve is compared with. Each takes p (k,), quantiles (n, k) and means (n,)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from bisection import bisected
from measures import Fitted, Function, LogQuantiles
from scipy.interpolate import PchipInterpolator
from scipy.optimize import least_squares
from scipy.special import betaincinv, betaln, ndtr, ndtri
from smooth_lines import monotone_cubic_lines, monotone_cubic_with_mean, smoothed_piecewise

Method = Callable[[np.ndarray, np.ndarray, np.ndarray], Fitted]


def lognormal(p: np.ndarray, quantiles: np.ndarray, _mean: np.ndarray) -> Fitted:
    """Least squares of the log quantiles on z; the mean is left aside."""
    design = np.column_stack([np.ones(len(p)), ndtri(p)])
    level, scale = (np.log(quantiles) @ np.linalg.pinv(design).T).T[:, :, None]
    return LogQuantiles(lambda z: level + scale * z)


def lognormal_with_mean(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """Least squares of the log quantiles and of the log mean, level + scale^2 / 2, with equal weights."""
    z = ndtri(p)

    def residuals(at: np.ndarray, logs: np.ndarray, log_mean: float) -> np.ndarray:
        level, scale = at
        return np.append(level + scale * z - logs, level + scale**2 / 2 - log_mean)

    fits = [
        least_squares(residuals, [y.mean(), 0.5], args=(y, m)).x
        for y, m in zip(np.log(quantiles), np.log(mean), strict=True)
    ]
    level, scale = np.array(fits).T[:, :, None]
    return LogQuantiles(lambda points: level + scale * points)


def monotone_cubic(p: np.ndarray, quantiles: np.ndarray, _mean: np.ndarray) -> Fitted:
    """PCHIP in (z, log wage), outer chords beyond; the mean is left aside."""
    z, y = ndtri(p), np.log(quantiles)
    lower, upper = ((y[:, k + 1] - y[:, k]) / (z[k + 1] - z[k]) for k in (0, len(z) - 2))
    return LogQuantiles(partial(monotone_cubic_lines(z, y, lower), upper=upper))


def piecewise_lognormal(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """Linear in (z, log wage); the lower tail continues the first chord, the upper slope meets the mean.

    Where even a flat tail gives too high a mean, every interval is bent down as on the curve's guaranteed path.
    """
    z, y = ndtri(p), np.log(quantiles)
    slope = _upper_slope(z, y, mean)
    is_flat = _piecewise_mean(z, y, np.full(len(mean), 1e-6)) >= mean
    straight, bent = partial(_piecewise, z, y, slope, np.ones(len(mean))), _bent(z, y, mean) if is_flat.any() else None
    if bent is None:
        return LogQuantiles(straight)
    return LogQuantiles(lambda at: np.where(is_flat[:, None], bent(at), straight(at)))


def piecewise_flat(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """A piecewise line whose tail is flat, and whose mean is missed, where even that gives too high a mean."""
    z, y = ndtri(p), np.log(quantiles)
    return LogQuantiles(partial(_piecewise, z, y, _upper_slope(z, y, mean), np.ones(len(mean))))


def _upper_slope(z: np.ndarray, y: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """The upper tail's slope that meets the mean; about 0 where none does."""
    return bisected(lambda upper: _piecewise_mean(z, y, upper), mean, np.zeros(len(mean)), np.full(len(mean), 20.0))


def _piecewise(z: np.ndarray, y: np.ndarray, upper: np.ndarray, gamma: np.ndarray, at: np.ndarray) -> np.ndarray:
    """g of (n, k) points, the fraction w of each rise replaced by w / (w + gamma (1 - w))."""
    i = np.clip(np.searchsorted(z, at, side="right") - 1, 0, len(z) - 2)
    w = np.clip((at - z[i]) / (z[i + 1] - z[i]), 0.0, 1.0)
    inner = y[:, i] + (y[:, i + 1] - y[:, i]) * (w / (w + gamma[:, None] * (1 - w)))
    lower = gamma * (y[:, 1] - y[:, 0]) / (z[1] - z[0])
    return inner + lower[:, None] * np.minimum(at - z[0], 0.0) + upper[:, None] * np.maximum(at - z[-1], 0.0)


def _piecewise_mean(z: np.ndarray, y: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """E[exp g(Z)] of the piecewise linear g, in closed form."""
    slopes = np.column_stack([(y[:, 1] - y[:, 0]) / (z[1] - z[0]), np.diff(y, axis=1) / np.diff(z), upper])
    left, right = np.append(-np.inf, z), np.append(z, np.inf)
    level = np.column_stack([y[:, 0] - slopes[:, 0] * z[0], y - slopes[:, 1:] * z])
    return (np.exp(level + slopes**2 / 2) * (ndtr(right - slopes) - ndtr(left - slopes))).sum(axis=1)


def _bent(z: np.ndarray, y: np.ndarray, mean: np.ndarray) -> Function:
    chord = (y[:, -1] - y[:, -2]) / (z[-1] - z[-2])

    def bend(log_gamma: np.ndarray) -> Function:
        return partial(_piecewise, z, y, chord * np.exp(-log_gamma), np.exp(log_gamma))

    def average(log_gamma: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):  # upper slopes near e^12
            return -(np.exp(bend(log_gamma)(LogQuantiles.Z)) @ LogQuantiles.MASS)

    return bend(bisected(average, -mean, np.full(len(mean), -12.0), np.full(len(mean), 12.0)))


def spline_of_the_cdf(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """PCHIP through the distribution function from 0 to an upper end that meets the mean.

    The method of the package binsmooth (von Hippel, Hunter and Drown 2017), whose release 2023.10 runs with neither
    SciPy 1.14 nor NumPy 2; its equation for the upper end is solved here. Where even the smallest upper end gives too
    high a mean, that end is kept.
    """
    wages = [_cdf_spline_wages(np.concatenate([[0.0], p, [1.0]]), q, m) for q, m in zip(quantiles, mean, strict=True)]
    return LogQuantiles(lambda z: np.log([row(ndtr(z)) for row in wages]))


def _cdf_spline_wages(p: np.ndarray, quantiles: np.ndarray, mean: float) -> Function:
    def spline(log_end: np.ndarray) -> PchipInterpolator:
        return PchipInterpolator([0.0, *quantiles, quantiles[-1] * (1 + np.exp(log_end[0]))], p)

    def average(log_end: np.ndarray) -> np.ndarray:
        cdf = spline(log_end)
        return np.array([cdf.x[-1] - cdf.integrate(0.0, cdf.x[-1])])

    cdf = spline(bisected(average, np.array([mean]), np.array([-7.0]), np.array([5.0])))
    grid = np.unique(np.concatenate([np.linspace(a, b, 200) for a, b in zip(cdf.x[:-1], cdf.x[1:], strict=True)]))
    return lambda at: np.maximum(np.interp(at, cdf(grid), grid), 1e-12 * grid[-1])


def gb2(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """Generalized beta of the second kind by least squares of the log quantiles and of the log mean, equal weights."""
    fits = np.array([_fit_gb2(p, y, m) for y, m in zip(np.log(quantiles), np.log(mean), strict=True)])
    return LogQuantiles(lambda z: np.array([_gb2_log_quantile(fit, ndtr(z)) for fit in fits]))


def _gb2_log_quantile(fit: np.ndarray, p: np.ndarray) -> np.ndarray:
    level, log_a, log_p, log_q = fit
    share = np.clip(betaincinv(np.exp(log_p), np.exp(log_q), p), 1e-300, 1 - 1e-16)
    return level + (np.log(share) - np.log1p(-share)) / np.exp(log_a)


def _fit_gb2(p: np.ndarray, logs: np.ndarray, log_mean: float) -> np.ndarray:
    def residuals(fit: np.ndarray) -> np.ndarray:
        level, a, first, second = fit[0], *np.exp(fit[1:])
        excess = max(second - 1 / a, 1e-3)  # the mean is infinite where it is negative
        mean = level + betaln(first + 1 / a, excess) - betaln(first, second)
        return np.append(_gb2_log_quantile(fit, p) - logs, mean - log_mean)

    scale = (logs[-1] - logs[0]) / (ndtri(p[-1]) - ndtri(p[0]))
    start = [logs[len(logs) // 2], np.log(1.7 / scale), 0.0, 0.0]  # a loglogistic of the same spread
    return least_squares(residuals, start, bounds=([-np.inf, -2, -3, -3], [np.inf, 4, 4, 4])).x


BASELINES: dict[str, Method] = {
    "lognormal": lognormal,
    "lognormal, mean": lognormal_with_mean,
    "piecewise, mean": piecewise_lognormal,
    "smoothed piecewise": smoothed_piecewise,
    "PCHIP": monotone_cubic,
    "PCHIP, mean": monotone_cubic_with_mean,
    "CDF spline": spline_of_the_cdf,
    "GB2": gb2,
}
