"""The shape of densities over published rows: dips between P2 and P98, tails that rise again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from measures import Fitted
from methods import Method
from scipy.special import ndtr, ndtri
from shape_prior.groups import PROBABILITIES
from shape_prior.published import least_mean

import wagefit as wf

BODY = (0.02, 0.98)
TAIL = 0.95
DIPS, RISE = (0.02, 0.10), 0.05
# Normal scores at which densities are looked at; the last has one person in 9,300 beyond it.
SCORES = np.unique([*ndtri([*BODY, TAIL]), *np.linspace(ndtri(BODY[0]), 3.7, 600)])
METHODS = ("lognormal", "piecewise, mean", "smoothed piecewise", "PCHIP, mean")
RELEASES = {
    "May 2018": ("oews", "national", "national_M2018_dl.xlsx"),
    "May 2025": ("oews", "may2025", "oews_m2025_national.csv.gz"),
}
FIGURES = ["p10", "p25", "p50", "p75", "p90", "mean"]


@dataclass(frozen=True)
class Shapes:
    """What is odd in n densities.

    Attributes
    ----------
    dip : (n,) array
        Depth of the deepest dip between P2 and P98: the share by which a density lies below the lower of the highest
        ones on its two sides.
    rise : (n,) array
        The largest relative rise beyond P95.
    """

    dip: np.ndarray
    rise: np.ndarray


def read_rows(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Five non-decreasing percentiles (n, 5) and a mean that they allow (n,), of every complete row of a release."""
    figures = wf.oews.read(path, backend="pandas")[FIGURES].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    figures = figures[np.isfinite(figures).all(axis=1)]
    quantiles, mean = figures[:, :5], figures[:, 5]
    usable = (np.diff(quantiles) >= 0).all(axis=1) & (mean > least_mean(quantiles))
    return quantiles[usable], mean[usable]


def shapes(fitted: Fitted, quantiles: np.ndarray) -> Shapes:
    """Dips and rises of fitted densities, not looking at the wages of ties, which hold many people each."""
    density = fitted.logpdf(fitted.ppf(ndtr(SCORES)))
    is_seen = ~_within_ties(quantiles)
    low, high = ndtri(BODY)
    return Shapes(
        dip=deepest_dip(density, is_seen & (low <= SCORES) & (high >= SCORES)),
        rise=highest_rise(density, is_seen & (ndtri(TAIL) <= SCORES)),
    )


def _within_ties(quantiles: np.ndarray) -> np.ndarray:
    """Whether each normal score lies between two equal percentiles, shape (n, len(SCORES))."""
    z = ndtri(PROBABILITIES)
    is_between = (z[:-1, None] <= SCORES) & (z[1:, None] >= SCORES)
    return (np.diff(quantiles) == 0) @ is_between


def deepest_dip(log_density: np.ndarray, is_seen: np.ndarray) -> np.ndarray:
    """Largest share by which a density lies below the lower of the maxima on its sides, shape (n,)."""
    from_left = _highest_so_far(log_density, is_seen)
    from_right = _highest_so_far(log_density[:, ::-1], is_seen[:, ::-1])[:, ::-1]
    depth = np.where(is_seen, np.minimum(from_left, from_right) - log_density, 0.0)
    return -np.expm1(-depth.max(axis=1))


def highest_rise(log_density: np.ndarray, is_seen: np.ndarray) -> np.ndarray:
    """Largest relative rise of a density to the right of a point, shape (n,)."""
    from_right = _highest_so_far(log_density[:, ::-1], is_seen[:, ::-1])[:, ::-1]
    return np.expm1(np.where(is_seen, from_right - log_density, 0.0).max(axis=1))


def _highest_so_far(log_density: np.ndarray, is_seen: np.ndarray) -> np.ndarray:
    return np.maximum.accumulate(np.where(is_seen, log_density, -np.inf), axis=1)


def print_table(data: Path, methods: dict[str, Method]) -> None:
    """Share of the rows of each release with each oddity, rows with ties apart."""
    oddities = [*(f"dip {depth:.0%}" for depth in DIPS), f"rise {RISE:.0%}"]
    for label, path in RELEASES.items():
        quantiles, mean = read_rows(data.joinpath(*path))
        is_tied = (np.diff(quantiles) == 0).any(axis=1)
        print(f"{label + ', % of rows with a':34}", *(f"{oddity:>9}" for oddity in oddities))
        for kind, chosen in (("", ~is_tied), (", tied", is_tied)):
            for name, method in methods.items() if chosen.any() else ():
                found = shapes(method(PROBABILITIES, quantiles[chosen], mean[chosen]), quantiles[chosen])
                shares = [*((found.dip >= depth).mean() for depth in DIPS), (found.rise > RISE).mean()]
                cells = " ".join(f"{100 * share:9.1f}" for share in shares)
                print(f"  {name + kind:32} {cells} {chosen.sum():6,} rows")
