"""The meaning of facts and of distributions, computed a second time by slow, independent means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import mpmath as mp
import numpy as np
from scipy.integrate import quad
from scipy.optimize import linprog
from scipy.special import ndtr

EPS = float(np.finfo(float).eps)
# What the project promises of every fact, relative.
EXACT = 1e-10
LAST_SCORE = 37.0  # the normal probability beyond is below 1e-299, that of scipy soon 0

Pairs = Sequence[tuple[float, float]]


# -- facts -----------------------------------------------------------------------------------------------------------


def mean_interval(p: Any, q: Any, lower: float = 0.0, upper: float = np.inf) -> tuple[float, float]:
    """Least and greatest mean given the quantiles `q` at `p`: every wage as low, or as high, as it may be."""
    share = np.diff([0.0, *p, 1.0])
    return float(share @ [lower, *q]), float(share @ [*q, upper])


def programmed_mean_interval(
    quantiles: Pairs, at_least: Pairs = (), lower: float = 0.0, upper: float = np.inf
) -> tuple[float, float] | None:
    """Least and greatest mean by two linear programs over step quantile functions; None if the facts clash."""
    facts = [(p, q, q) for p, q in quantiles] + [(p, q, np.inf) for p, q in at_least]
    unit = float(np.median([q for _, q, _ in facts]))
    edges = np.unique(np.concatenate([[0.0, 1.0], [p for p, _, _ in facts]]))
    edges = np.unique(np.concatenate([edges, 0.5 * (edges[1:] + edges[:-1])]))
    width = np.diff(edges)
    least, greatest = np.full(len(width), lower), np.full(len(width), upper)
    for p, at_or_above, at_or_below in facts:
        least[edges[:-1] >= p] = np.maximum(least[edges[:-1] >= p], at_or_above)
        greatest[edges[1:] <= p] = np.minimum(greatest[edges[1:] <= p], at_or_below)
    if np.any(least > greatest):
        return None
    rising = np.eye(len(width), k=0)[:-1] - np.eye(len(width), k=1)[:-1]  # step i - step i + 1 <= 0
    bounds = np.column_stack([least, greatest]) / unit
    ends = []
    for sign in (1.0, -1.0):
        if sign < 0 and np.isinf(upper):
            ends.append(np.inf)  # the last step has no upper end
            continue
        found = linprog(sign * width, A_ub=rising, b_ub=np.zeros(len(width) - 1), bounds=bounds, method="highs")
        assert found.status in {0, 2}, found.message
        if found.status == 2:
            return None
        ends.append(sign * found.fun * unit)
    return float(ends[0]), float(ends[1])


# -- distributions ---------------------------------------------------------------------------------------------------


def value_at(d: Any, z: Any) -> Any:
    """Wage at normal score `z`, through the public ppf and isf, each in its own tail."""
    z = np.asarray(z, dtype=float)
    return np.where(z < 0.0, d.ppf(ndtr(np.minimum(z, 0.0))), d.isf(ndtr(-np.maximum(z, 0.0))))


def normal_density(z: float) -> float:
    return float(np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi))


def integral(f: Callable[[float], float], edges: Any) -> float:
    """Adaptive quadrature over consecutive `edges`, refused unless its own error estimate is small."""
    parts = [quad(f, a, b, epsabs=0.0, epsrel=1e-12, limit=200, full_output=1)[:2] for a, b in pairwise(edges)]
    total, error = (float(np.sum(column)) for column in zip(*parts, strict=True))
    assert error <= 1e-10 * max(abs(total), abs(sum(abs(part) for part, _ in parts))), (total, error)
    return total


def score_edges(d: Any, low: float = -LAST_SCORE, high: float = LAST_SCORE) -> Any:
    """Normal scores between which the quantile function is smooth, at most one apart."""
    inner = np.concatenate([d.core.breakpoints(), np.arange(np.ceil(low), high)])
    return np.unique(np.concatenate([[low, high], inner[(inner > low) & (inner < high)]]))


def expectation(d: Any, f: Callable[[float], float], low: float = -LAST_SCORE, high: float = LAST_SCORE) -> float:
    """E[f(X); low < Z < high], the integral of f(value(z)) phi(z): atoms are flat stretches of value(z)."""
    return integral(lambda z: f(float(value_at(d, z))) * normal_density(z), score_edges(d, low, high))


def gini(d: Any) -> float:
    """1 - 2 integral of the Lorenz curve, with the integrals exchanged: E[X (2 P - 1)] / E[X]."""
    tops = integral(lambda z: float(value_at(d, z)) * float(ndtr(z) - ndtr(-z)) * normal_density(z), score_edges(d))
    return tops / expectation(d, lambda x: x)


class Curve50:
    """A curve in 50 digits, from its knots by the formulas of Gregory & Delbourgo (1982) and its two tails."""

    def __init__(self, core: Any) -> None:
        self.mp = mp.MPContext()
        self.mp.dps = 50
        real = self.mp.mpf
        self.z, self.wage = [real(float(v)) for v in core.z], [real(float(v)) for v in core.wage]
        self.left, self.right = [real(float(v)) for v in core.slope_left], [real(float(v)) for v in core.slope_right]
        self.lower, self.upper = (real(end) for end in core.support())

    def value(self, z: Any) -> Any:
        z, log, exp = self.mp.mpf(z), self.mp.log, self.mp.exp
        first, last = self.wage[0], self.wage[-1]
        if z <= self.z[0]:
            if first == self.lower:
                return self.lower
            rate = self.left[0] * first / (first - self.lower)
            return self.lower + (first - self.lower) * exp(rate * (z - self.z[0]))
        if z > self.z[-1]:
            if self.mp.isinf(self.upper):
                return last * exp(self.right[-1] * (z - self.z[-1]))
            if last == self.upper:
                return self.upper
            rate = self.right[-1] * last / (self.upper - last)
            return self.upper - (self.upper - last) * exp(-rate * (z - self.z[-1]))
        i = next(i for i in range(1, len(self.z)) if z <= self.z[i])
        if self.wage[i] == self.wage[i - 1]:
            return self.wage[i]
        run, rise = self.z[i] - self.z[i - 1], log(self.wage[i] / self.wage[i - 1])
        t, chord, a, b = (z - self.z[i - 1]) / run, rise / run, self.right[i - 1], self.left[i]
        top, bottom = chord * t**2 + a * t * (1 - t), chord + (a + b - 2 * chord) * t * (1 - t)
        return self.wage[i - 1] * exp(rise * top / bottom)

    def density(self, z: Any) -> Any:
        """Density at value(z): phi(z) over the derivative of the value."""
        return self.mp.npdf(z) / self.mp.diff(self.value, z)

    def expectation(self, f: Callable[[Any], Any], low: float = -12.0, high: float = 12.0) -> Any:
        """E[f(X); low < Z < high]; beyond 12 the normal probability is below 1e-32."""
        steps = [self.mp.mpf(k) for k in range(int(low), int(high) + 1) if low < k < high]
        edges = sorted({self.mp.mpf(low), self.mp.mpf(high), *steps, *(z for z in self.z if low < z < high)})
        total = self.mp.mpf(0)
        for a, b in pairwise(edges):
            total += self.mp.quad(
                lambda z: f(self.value(z)) * self.mp.npdf(z), [a, b], maxdegree=5, method="gauss-legendre"
            )
        return total
