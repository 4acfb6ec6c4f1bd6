"""Groups of people counted in the census's income brackets, with and without their mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np
from mcib import mean_constrained_integration
from measures import NAMES, of_sample
from methods import spline_of_the_cdf
from shape_prior.groups import Groups

import wagefit as wf

# Table B19001 of the American Community Survey, in dollars.
EDGES = 1000.0 * np.array([0, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100, 125, 150, 200, np.inf])
MEDIANS = np.array([35_000.0, 60_000.0, 105_000.0])  # that the groups' wages are scaled to, in turn
EVERY = 2  # groups from one that is counted to the next
MEASURES = ("Gini", "median", "mean")


class Counted(Protocol):
    """What a method makes of counts."""

    def gini(self) -> float:
        """Gini coefficient."""

    def median(self) -> float:
        """Median."""

    def mean(self) -> float:
        """Mean."""


Method = Callable[[np.ndarray, np.ndarray, float | None], Counted]


class SplineOfTheCdf:
    """The method of binsmooth for one set of counts, which needs the mean."""

    def __init__(self, edges: np.ndarray, counts: np.ndarray, mean: float | None) -> None:
        assert mean is not None
        p = np.cumsum(counts)[:-1] / counts.sum()
        inner = (p > 0) & (p < 1)
        self.fitted = spline_of_the_cdf(p[inner], edges[1:-1][inner][None, :], np.array([mean]))
        self._mean = mean

    def gini(self) -> float:
        """Gini coefficient."""
        return float(self.fitted.measures()[0, NAMES.index("Gini")])

    def median(self) -> float:
        """Median."""
        return float(self.fitted.ppf(np.array([0.5]))[0, 0])

    def mean(self) -> float:
        """The mean that was given."""
        return self._mean


WITH_MEAN: dict[str, Method] = {
    "MCIB": mean_constrained_integration,
    "CDF spline": SplineOfTheCdf,
    "lognormal": partial(wf.fit_brackets, family="lognormal"),
    "curve": wf.fit_brackets,
}
WITHOUT_MEAN: dict[str, Method] = {
    "MCIB": mean_constrained_integration,
    "lognormal": partial(wf.fit_brackets, family="lognormal"),
    "dagum": partial(wf.fit_brackets, family="dagum"),
    "curve": wf.fit_brackets,
}


def scaled(groups: Groups) -> list[np.ndarray]:
    """The wages of every group, in units that make its median one of three."""
    target = MEDIANS[np.arange(len(groups.wages)) % len(MEDIANS)]
    return [wages * (median / np.median(wages)) for wages, median in zip(groups.wages, target, strict=True)]


def errors(wages: list[np.ndarray], method: Method, knows_mean: bool) -> np.ndarray:
    """Errors of Gini coefficient, median and mean in percent, shape (n, 3); NaN where the method fails."""
    out = np.full((len(wages), len(MEASURES)), np.nan)
    for i, each in enumerate(wages):
        counts, mean = np.histogram(each, EDGES)[0].astype(float), each.mean()
        truth = np.array([of_sample(each)[NAMES.index("Gini")], np.median(each), mean])
        try:
            fitted = method(EDGES, counts, mean if knows_mean else None)
            out[i] = np.array([fitted.gini(), fitted.median(), fitted.mean()]) / truth
        except (RuntimeError, wf.FactError):  # the core's solver, or no scale for an open bracket
            continue
    return 100 * (np.where(np.isfinite(out), out, np.nan) - 1)


def has_gap(wages: np.ndarray) -> bool:
    """Whether there is an empty bracket between two that hold people."""
    occupied = np.flatnonzero(np.histogram(wages, EDGES)[0])
    return bool((np.diff(occupied) > 1).any())


def print_tables(groups: Groups) -> None:
    """With and without the mean; groups with a gap apart."""
    wages = scaled(groups)[::EVERY]
    gap = np.array([has_gap(each) for each in wages])
    print(f"{len(wages)} groups, {gap.sum()} of them with a gap; root mean square (median absolute) error in percent")
    for title, methods, knows_mean in (("with", WITH_MEAN, True), ("without", WITHOUT_MEAN, False)):
        heads = "".join(f"{name:>18}" for name in (*MEASURES, *(f"gap: {name}" for name in MEASURES)))
        print(f"{title + ' the mean':18}{heads}   without an answer")
        for name, method in methods.items():
            found = errors(wages, method, knows_mean)
            cells = "".join(_summary(each) for part in (found[~gap], found[gap]) for each in part.T)
            missing = np.isnan(found).any(axis=1)
            print(f"{name:18}{cells} {missing[~gap].sum():6}, gap: {missing[gap].sum()}")


def _summary(each: np.ndarray) -> str:
    answers = each[np.isfinite(each)]
    if len(answers) == 0:
        return f"{'-':>18}"
    return f"{np.sqrt((answers**2).mean()):10.4g} ({np.median(abs(answers)):5.2f})"
