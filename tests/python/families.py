"""Members of the parametric families, and their exact figures in 50 digits."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np

import wagefit as wf
from wagefit import _core

FAMILIES = {_core.family_name(family): family for family in _core.Family}
mp = mpmath.MPContext()
mp.dps = 50


def member(name: str, parameters: list[float]) -> wf.Distribution:
    return wf.Distribution(_core.make_distribution(FAMILIES[name], parameters))


def as_beta(name: str, parameters: list[float]) -> list[Any]:
    """Scale, a, p and q of a member of GB2 and its special cases."""
    scale, a, *rest = (mp.mpf(value) for value in parameters)
    one = mp.mpf(1)
    p, q = {"loglogistic": [one, one], "singh-maddala": [one, *rest], "dagum": [*rest, one]}.get(name, rest)
    return [scale, a, p, q]


def tails(name: str, parameters: list[float], wage: float) -> tuple[Any, Any, Any]:
    """P(X <= wage), P(X > wage) and the density of log X there."""
    x = mp.mpf(wage)
    if name == "weibull":
        y = (x / mp.mpf(parameters[0])) ** mp.mpf(parameters[1])
        return -mp.expm1(-y), mp.exp(-y), mp.mpf(parameters[1]) * y * mp.exp(-y)
    if name == "gamma":
        return _gamma_tails(mp.mpf(parameters[1]), x / mp.mpf(parameters[0]))
    scale, a, p, q = as_beta(name, parameters)
    y = (x / scale) ** a
    u, v, whole = y / (1 + y), 1 / (1 + y), mp.beta(p, q)
    density = a * u**p * v**q / whole
    if u < p / (p + q):  # the series that does not cancel: DLMF 8.17.8
        below = density / (a * p) * mp.hyp2f1(p + q, 1, p + 1, u)
        return below, 1 - below, density
    above = density / (a * q) * mp.hyp2f1(p + q, 1, q + 1, v)
    return 1 - above, above, density


def _gamma_tails(shape: Any, y: Any) -> tuple[Any, Any, Any]:
    density = mp.exp(shape * mp.log(y) - y - mp.loggamma(shape))
    if y < shape + 3 * mp.sqrt(shape):
        below = density / shape * mp.hyp1f1(1, shape + 1, y)  # DLMF 8.5.1
        return below, 1 - below, density
    rest = mp.mpf(0)
    for n in range(1500, 0, -1):  # DLMF 8.9.2, this far above the mean good to 50 digits
        rest = n * (n - shape) / (y + 2 * n + 1 - shape - rest)
    above = density / (y + 1 - shape - rest)
    return 1 - above, above, density


def moment(name: str, parameters: list[float], k: Any) -> Any:
    """E X^k; Kleiber & Kotz (2003), chapters 4 to 6."""
    k = mp.mpf(k)
    scale, shape = mp.mpf(parameters[0]), mp.mpf(parameters[1])
    if name == "lognormal":
        return scale**k * mp.exp(k * k * shape * shape / 2)
    if name == "weibull":
        return scale**k * mp.gamma(1 + k / shape) if k > -shape else mp.inf
    if name == "gamma":
        return scale**k * mp.exp(mp.loggamma(shape + k) - mp.loggamma(shape)) if k > -shape else mp.inf
    scale, a, p, q = as_beta(name, parameters)
    return scale**k * mp.beta(p + k / a, q - k / a) / mp.beta(p, q) if -p * a < k < q * a else mp.inf


def mean_log(name: str, parameters: list[float], k: int = 0) -> Any:
    """E log X, or with `k` 1 that over dollars, E[X log X] / E X: derivatives of log E X^k."""
    scale, shape = mp.mpf(parameters[0]), mp.mpf(parameters[1])
    if name == "lognormal":
        return mp.log(scale) + k * shape**2
    if name == "weibull":
        return mp.log(scale) + mp.psi(0, 1 + k / shape) / shape
    if name == "gamma":
        return mp.log(scale) + mp.psi(0, shape + k)
    scale, a, p, q = as_beta(name, parameters)
    return mp.log(scale) + (mp.psi(0, p + k / a) - mp.psi(0, q - k / a)) / a


def gini(name: str, parameters: list[float]) -> Any:
    """Kleiber & Kotz (2003), table 4.1 and sections 5 and 6; for GB2 by quadrature of F (1 - F)."""
    shape, g = mp.mpf(parameters[1]), mp.gamma
    if name == "lognormal":
        return mp.erf(shape / 2)
    if name == "weibull":
        return -mp.expm1(-mp.log(2) / shape)
    if name == "gamma":
        return mp.exp(mp.loggamma(shape + mp.mpf(1) / 2) - mp.loggamma(shape + 1)) / mp.sqrt(mp.pi)
    _, a, p, q = as_beta(name, parameters)
    if name == "dagum":
        return g(p) * g(2 * p + 1 / a) / (g(2 * p) * g(p + 1 / a)) - 1
    return 1 - g(q) * g(2 * q - 1 / a) / (g(q - 1 / a) * g(2 * q))


def random_member(rng: np.random.Generator, name: str) -> list[float]:
    """Parameters over many orders of magnitude, the mean finite."""

    def between(low: float, high: float) -> float:
        return float(10.0 ** rng.uniform(low, high))

    scale = between(-2, 6)
    if name in ("lognormal", "weibull", "gamma"):
        low, high = {"lognormal": (-5, 1), "weibull": (-1.5, 5), "gamma": (-3, 10)}[name]
        return [scale, between(low, high)]
    if name == "loglogistic":
        return [scale, between(0.02, 5)]
    p, q = between(-3, 3), between(-3, 3)
    if name == "dagum":
        return [scale, between(0.02, 4), p]
    a = between(0.02, 3) / min(q, 1.0)
    return [scale, a, q] if name == "singh-maddala" else [scale, a, p, q]
