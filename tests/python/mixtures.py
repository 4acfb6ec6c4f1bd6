"""Mixtures of every kind."""

from __future__ import annotations

import numpy as np

import wagefit as wf

from .cells import NEWS_PAIR, fitted

# |cdf(ppf(p)) - p| in units of eps (p + x pdf(x)): the root is closed to 2 eps, probabilities are sums of two or three.
ROUND_TRIP = 8.0
# Sums of a few products of doubles.
SUM = 1e-13
P = np.array([1e-6, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6])


def lognormal() -> wf.Distribution:
    return wf.fit(**NEWS_PAIR, family="lognormal")


def between(lower: float, upper: float) -> wf.Distribution:
    """A distribution whose support is an interval."""
    middle = 0.5 * (lower + upper)
    return wf.fit(mean=middle, quantiles={0.5: middle}, lower=lower, upper=upper)


MIXTURES: dict[str, tuple[list[str], list[float] | None]] = {
    "two curves": (["technicians", "specialists"], None),
    "three curves": (["technicians", "specialists", "top code"], [208_650, 180_000, 29_000]),
    "far apart": (["technicians", "mean far above"], [9, 1]),
    "curve and lognormal": (["technicians", "lognormal"], [1, 3]),
    "curve and ties": (["technicians", "ties within"], [2, 1]),
    "ties and ties": (["ties within", "ties at the top", "ties at the bottom"], [1, 2, 3]),
    "bounded": (["bounded", "floor at P10"], [1, 1]),
    "one": (["technicians"], [7]),
    "a weight of zero": (["technicians", "top code", "specialists"], [1, 0, 1]),
}


def parts(name: str) -> tuple[list[wf.Distribution], np.ndarray]:
    names, weights = MIXTURES[name]
    components = [lognormal() if one == "lognormal" else fitted(one) for one in names]
    share = np.ones(len(components)) if weights is None else np.array(weights, dtype=float)
    return components, share / share.sum()


def mixed(name: str) -> wf.Distribution:
    return wf.mixture(parts(name)[0], MIXTURES[name][1])


def some_wages(components: list[wf.Distribution]) -> np.ndarray:
    """Wages from all over the components, their atoms and their neighbors included."""
    atoms = [wage for component in components for wage, _ in component.atoms()]
    edges = [edge for atom in atoms for edge in (np.nextafter(atom, 0), atom, np.nextafter(atom, np.inf))]
    return np.sort(
        np.concatenate([edges, *(component.ppf(np.linspace(0.001, 0.999, 101)) for component in components)])
    )
