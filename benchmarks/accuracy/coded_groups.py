"""Groups of people whose wages are cut at a top code near P90, where hardly any tail is left for the mean to be met."""

from __future__ import annotations

from dataclasses import dataclass

import curve
import numpy as np
from measures import NAMES, of_sample
from methods import Method, piecewise_flat
from scores import bootstrap, geometric_interval, percent_off, ratio, root_mean_square
from shape_prior.groups import PROBABILITIES, Groups
from shape_prior.shape import Shape

SHARES = np.array([0.88, 0.89, 0.90, 0.91, 0.92])  # of people below the code, dealt out to the groups in turn
BASE = "piecewise, flat"
METHODS = ("lognormal", "piecewise, mean", "smoothed piecewise", "PCHIP, mean")

Errors = dict[str, np.ndarray]  # by method, (n, 8) arrays in percent


@dataclass(frozen=True)
class CodedGroups:
    """Groups with a top code each.

    Attributes
    ----------
    groups : Groups
        Their true wages.
    share, code : (n,) arrays
        The quantile at which wages are cut, and its wage.
    """

    groups: Groups
    share: np.ndarray
    code: np.ndarray

    def cut(self) -> Groups:
        """The groups with wages above the code replaced by it."""
        pairs = zip(self.groups.wages, self.code, strict=True)
        return Groups(self.groups.source, tuple(np.minimum(wages, code) for wages, code in pairs))

    def subset(self, chosen: np.ndarray) -> CodedGroups:
        """The groups where the mask `chosen` holds."""
        return CodedGroups(self.groups.subset(chosen), self.share[chosen], self.code[chosen])


def coded(groups: Groups) -> CodedGroups:
    """The groups with codes; those whose percentiles no longer ascend are left out."""
    share = SHARES[np.arange(len(groups.wages)) % len(SHARES)]
    code = np.array([np.quantile(wages, at) for wages, at in zip(groups.wages, share, strict=True)])
    all_of_them = CodedGroups(groups, share, code)
    return all_of_them.subset((np.diff(all_of_them.cut().quantiles(), axis=1) > 0).all(axis=1))


def errors_of_cut_wages(cells: CodedGroups, methods: dict[str, Method], shapes: dict[str, Shape]) -> Errors:
    """Errors of the measures of cut wages: all six facts are the cut wages'."""
    return _errors(cells.cut(), PROBABILITIES, methods, shapes, {})


def errors_of_true_wages(cells: CodedGroups, methods: dict[str, Method], shapes: dict[str, Shape]) -> Errors:
    """Errors where the mean of the true wages is published, P90 being at least the code; others do without P90."""
    return _errors(cells.groups, PROBABILITIES[:-1], methods, shapes, {float(PROBABILITIES[-1]): cells.code})


def _errors(
    groups: Groups,
    p: np.ndarray,
    methods: dict[str, Method],
    shapes: dict[str, Shape],
    at_least: dict[float, np.ndarray],
) -> Errors:
    """Errors of the groups' measures, fitted on the quantiles `p` and the mean; only the curve knows of bounds."""
    quantiles, mean = groups.quantiles(p), groups.mean
    truth = np.array([of_sample(wages) for wages in groups.wages])
    found = {name: percent_off(method(p, quantiles, mean).measures(), truth) for name, method in methods.items()}
    found["curve"] = np.empty_like(truth)
    for source in np.unique(groups.source):
        at = groups.source == source
        bounds = {probability: bound[at] for probability, bound in at_least.items()}
        fitted = curve.fit(p, quantiles[at], mean[at], shapes[str(source)], bounds)
        found["curve"][at] = percent_off(fitted.measures(), truth[at])
    return found


def print_tables(groups: Groups, rivals: dict[str, Method], shapes: dict[str, Shape]) -> None:
    """Both kinds of facts."""
    methods = {BASE: piecewise_flat} | rivals
    cells = coded(groups)
    print(f"the facts and the truth are the cut wages': {len(cells.code)} groups")
    _print(errors_of_cut_wages(cells, methods, shapes))
    hidden = cells.subset(cells.share <= PROBABILITIES[-1])
    print(f"\nP90 is at least the code, the mean and the truth are the true wages': {len(hidden.code)} groups")
    _print(errors_of_true_wages(hidden, methods, shapes))


def _print(found: dict[str, np.ndarray]) -> None:
    print(f"{'RMSE in %':20}", *(f"{name:>9}" for name in NAMES), f"{'/ ' + BASE:>18} 90 % interval")
    for name, errors in found.items():
        cells = " ".join(f"{value:9.2f}" for value in root_mean_square(errors))
        low, high = geometric_interval(bootstrap(errors, found[BASE]))
        print(f"{name:20} {cells} {ratio(errors, found[BASE]):18.3f} {low:.3f} to {high:.3f}")
    by_measure = root_mean_square(found["curve"]) / root_mean_square(found[BASE])
    print(f"{'curve / ' + BASE:23}" + " ".join(f"{value:9.2f}" for value in by_measure)[3:])
