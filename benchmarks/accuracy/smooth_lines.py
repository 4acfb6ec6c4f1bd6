"""Smooth rivals of the curve that need no prior: a smoothed piecewise line, and PCHIP whose tail meets the mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from bisection import bisected
from measures import LogQuantiles
from scipy.interpolate import PchipInterpolator
from scipy.special import ndtr, ndtri

WIDTHS = (0.3, 0.2, 0.1, 0.05, 0.02)  # of the kernel, in normal scores; the first at which the line increases
STEEPEST = 20.0  # slope of an upper tail


@dataclass(frozen=True)
class SmoothedLines:
    """Lines through n cells' log wages with kinks at the published scores, convolved with a normal kernel.

    Attributes
    ----------
    z : (k,) array
        Published normal scores.
    level, slopes : (n,), (n, k + 1) arrays
        Of the lines: value at the first score, slopes from the lower tail to the upper one.
    width : (n,) array
        Of the kernel.
    """

    z: np.ndarray
    level: np.ndarray
    slopes: np.ndarray
    width: np.ndarray

    def __call__(self, at: np.ndarray) -> np.ndarray:
        """Log wages at normal scores, shape (n, len(at))."""
        out = self.level[:, None] + self.slopes[:, :1] * (at - self.z[0])
        for k, change in enumerate(np.diff(self.slopes).T):
            out += change[:, None] * smoothed_ramp(at - self.z[k], self.width[:, None])
        return out


def smoothed_ramp(distance: np.ndarray, width: np.ndarray | float) -> np.ndarray:
    """max(distance, 0) convolved with a normal kernel."""
    scaled = distance / width
    return width * (scaled * ndtr(scaled) + np.exp(-(scaled**2) / 2) / np.sqrt(2 * np.pi))


def smoothed_piecewise(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> LogQuantiles:
    """The piecewise line smoothed in z; heights and upper slope are solved to meet quantiles and mean.

    The lower tail continues the first piece. Where the line would decrease the kernel is narrower; where even a flat
    upper tail gives too high a mean that mean is missed.
    """
    z, y = ndtri(p), np.log(quantiles)
    lines = _lines(z, y, mean, np.full(len(y), WIDTHS[0]))
    for width in WIDTHS[1:]:
        is_wrong = (lines.slopes[:, :-1] <= 0).any(axis=1)
        if not is_wrong.any():
            break
        lines = _lines(z, y, mean, np.where(is_wrong, width, lines.width))
    return LogQuantiles(lines)


def _lines(z: np.ndarray, y: np.ndarray, mean: np.ndarray, width: np.ndarray) -> SmoothedLines:
    """The lines that meet all facts with kernels of the given widths."""
    none = np.zeros(len(y))
    flat = _through(z, y, none, width)(LogQuantiles.Z)
    per_slope = _through(z, y, none + 1, width)(LogQuantiles.Z) - flat  # all unknowns are linear in the upper slope

    def average(upper: np.ndarray) -> np.ndarray:
        return np.exp(flat + upper[:, None] * per_slope) @ LogQuantiles.MASS

    upper = bisected(average, mean, none, none + STEEPEST)
    return _through(z, y, upper, width)


def _through(z: np.ndarray, y: np.ndarray, upper: np.ndarray, width: np.ndarray) -> SmoothedLines:
    """The lines that meet the quantiles and have the given upper slopes: k linear equations a cell."""
    n, k = y.shape
    ramps = smoothed_ramp(np.subtract.outer(z, z), width[:, None, None])  # (n, k points, k kinks)
    # Unknown: the level and the slopes of the k - 1 pieces; slope i starts at kink i and ends at kink i + 1.
    of_slopes = ramps[:, :, :-1] - ramps[:, :, 1:]
    of_slopes[:, :, 0] += (z - z[0]) - ramps[:, :, 0]  # the lower tail's
    equations = np.concatenate([np.ones((n, k, 1)), of_slopes], axis=2)
    known = y - upper[:, None] * ramps[:, :, -1]
    level, *slopes = np.linalg.solve(equations, known[:, :, None])[:, :, 0].T
    return SmoothedLines(z, level, np.column_stack([slopes[0], *slopes, upper]), width)


def monotone_cubic_lines(z: np.ndarray, y: np.ndarray, lower: np.ndarray) -> Callable[..., np.ndarray]:
    """PCHIP through (z, y), straight lines with the slopes `lower` (n,) and `upper` (n,) beyond: g(at, upper)."""
    inner = PchipInterpolator(z, y, axis=1)

    def g(at: np.ndarray, upper: np.ndarray) -> np.ndarray:
        below, above = np.minimum(at - z[0], 0.0), np.maximum(at - z[-1], 0.0)
        return inner(np.clip(at, z[0], z[-1])) + lower[:, None] * below + upper[:, None] * above

    return g


def monotone_cubic_with_mean(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> LogQuantiles:
    """PCHIP in (z, log wage), the lower tail with its end slope, the upper one log-linear with the slope of the mean.

    Where even a flat upper tail gives too high a mean that mean is missed.
    """
    z, y = ndtri(p), np.log(quantiles)
    lower = PchipInterpolator(z, y, axis=1).derivative()(z[0])
    g = monotone_cubic_lines(z, y, lower)
    body = np.exp(g(LogQuantiles.Z, np.zeros(len(y))))
    beyond = np.maximum(LogQuantiles.Z - z[-1], 0.0)

    def average(upper: np.ndarray) -> np.ndarray:
        return (body * np.exp(upper[:, None] * beyond)) @ LogQuantiles.MASS

    upper = bisected(average, mean, np.full(len(y), 1e-6), np.full(len(y), STEEPEST))
    return LogQuantiles(lambda at: g(at, upper))
