"""How probable a method holds the people's own wages: log score and CRPS, no prior having seen their source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import curve
import numpy as np
from measures import Fitted, LogQuantiles
from methods import Method
from scipy.special import ndtr, ndtri
from shape_prior.groups import PROBABILITIES, Groups
from shape_prior.shape import Shape

JITTER = 0.03  # standard deviation of the log factor on every wage: people report round figures, densities need none
# Single misreported wages would decide everything: every method is given this share of people from a wide lognormal, of
# this many times the scale of a line through the log quantiles.
MISREPORTED, WIDER = 0.01, 2.0
BASE = "piecewise, mean"
# Methods whose density is above 0 for every wage; that of the CDF spline ends.
RIVALS = (BASE, "smoothed piecewise", "PCHIP", "PCHIP, mean", "lognormal", "GB2")

MethodOf = Callable[[str], Method]


@dataclass(frozen=True)
class Scores:
    """Average scores of the people of n groups.

    Attributes
    ----------
    log_score : (n,) array
        Mean log density of log wages, in nats a person; more is better. It differs from that of wages by the mean log
        wage, which is common to all methods. Densities are mixed with a wide lognormal, see `MISREPORTED`.
    crps : (n,) array
        Mean continuous ranked probability score in percent of the mean wage, less what the sample's own distribution
        gets: the integral of the squared distance of the two distribution functions. Less is better.
    """

    log_score: np.ndarray
    crps: np.ndarray


def jittered(groups: Groups) -> Groups:
    """The groups with every wage multiplied by a lognormal factor, the same for every method and in every run."""
    rng = np.random.default_rng(0)
    wages = tuple(np.sort(each * np.exp(JITTER * rng.standard_normal(len(each)))) for each in groups.wages)
    return Groups(groups.source, wages)


def score(groups: Groups, method_of: MethodOf) -> Scores:
    """The scores of the methods that `method_of` gives for the groups of each source."""
    log_score, crps = np.empty(len(groups.wages)), np.empty(len(groups.wages))
    for source in np.unique(groups.source):
        chosen = groups.source == source
        part = groups.subset(chosen)
        fitted = method_of(str(source))(PROBABILITIES, part.quantiles(), part.mean)
        log_score[chosen], crps[chosen] = log_scores(part, fitted), crps_excess(part, fitted)
    return Scores(log_score, crps)


def score_all(groups: Groups, methods: dict[str, Method], shapes: dict[str, Shape]) -> dict[str, Scores]:
    """The scores of fixed methods and of the curve, whose prior is `shapes[source]`."""
    scores = {name: score(groups, lambda _, method=method: method) for name, method in methods.items()}
    return scores | {"curve": score(groups, lambda source: partial(curve.fit, shape=shapes[source]))}


def log_scores(groups: Groups, fitted: Fitted) -> np.ndarray:
    """Mean log density of log wages by group, shape (n,)."""
    size = groups.size
    wages = np.repeat(groups.quantiles(np.array([0.5])), size.max(), axis=1)
    is_person = np.arange(size.max()) < size[:, None]
    wages[is_person] = np.concatenate(groups.wages)
    of_logs = np.logaddexp(
        np.log1p(-MISREPORTED) + fitted.logpdf(wages) + np.log(wages), np.log(MISREPORTED) + _wide(groups, wages)
    )
    return np.where(is_person, of_logs, 0.0).sum(axis=1) / size


def _wide(groups: Groups, wages: np.ndarray) -> np.ndarray:
    """Log density of log wages under the lognormal of the misreported, shape of `wages`."""
    scale, level = np.polyfit(ndtri(PROBABILITIES), np.log(groups.quantiles()).T, 1)
    z = (np.log(wages) - level[:, None]) / (WIDER * scale[:, None])
    return -(z**2) / 2 - np.log(np.sqrt(2 * np.pi) * WIDER * scale[:, None])


def crps_excess(groups: Groups, fitted: Fitted) -> np.ndarray:
    """CRPS beyond that of the sample's own distribution by group, in percent of the mean wage, shape (n,)."""
    share = ndtr(LogQuantiles.Z)
    out = np.empty(len(groups.wages))
    for i, (nodes, wages) in enumerate(zip(fitted.ppf(share), groups.wages, strict=True)):
        to_people = _mean_distance(nodes, wages) @ LogQuantiles.MASS
        within = nodes @ (LogQuantiles.MASS * (2 * share - 1))
        among_people = _mean_distance(wages, wages).mean() / 2
        out[i] = 100 * (to_people - within - among_people) / wages.mean()
    return out


def _mean_distance(points: np.ndarray, wages: np.ndarray) -> np.ndarray:
    """Mean over the ascending `wages` of the distance to each of `points`."""
    n_below = np.searchsorted(wages, points)
    sum_below = np.append(0.0, np.cumsum(wages))[n_below]
    return (points * (2 * n_below - len(wages)) + wages.sum() - 2 * sum_below) / len(wages)


def print_tables(groups: Groups, scores: dict[str, Scores]) -> None:
    """Differences to the piecewise line by source: log score, share of groups that are better, CRPS."""
    base = scores[BASE]
    others = {name: each for name, each in scores.items() if name != BASE}
    differences = {name: 1000 * (each.log_score - base.log_score) for name, each in others.items()}
    _print("log score, thousandths of a nat a person", groups.source, differences)
    shares = {name: 100.0 * (each > 0) for name, each in differences.items()}
    _print("groups with a better log score, percent", groups.source, shares)
    excess = {name: 1000 * (each.crps - base.crps) for name, each in others.items()}
    _print(f"CRPS, thousandths of a percent of the mean ({BASE}: {1000 * base.crps.mean():.2f})", groups.source, excess)


def _print(title: str, source: np.ndarray, values: dict[str, np.ndarray]) -> None:
    """Mean and standard error over the groups of each source, then over the sources."""
    print(f"\n{title}\n{'':20}" + "".join(f"{name:>20}" for name in values))
    names = np.unique(source)
    for name in names:
        cells = "".join(_mean_and_error(each[source == name]) for each in values.values())
        print(f"{name:20}{cells} {np.sum(source == name):6} groups")
    print(f"{'groups alike':20}" + "".join(_mean_and_error(each) for each in values.values()))
    by_source = [np.array([each[source == name].mean() for name in names]) for each in values.values()]
    print(f"{'sources alike':20}" + "".join(map(_mean_and_error, by_source)))


def _mean_and_error(values: np.ndarray) -> str:
    return f"{values.mean():12.2f} ({values.std(ddof=1) / np.sqrt(len(values)):5.2f})"
