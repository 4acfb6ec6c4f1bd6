"""First truth: groups of people, rebuilt from five percentiles and the mean by a prior that never saw their source."""

from __future__ import annotations

from dataclasses import dataclass

import curve
import numpy as np
from measures import NAMES, of_sample
from methods import Method
from scores import bootstrap, geometric_interval, percent_off, ratio, root_mean_square
from shape_prior.groups import PROBABILITIES, Groups
from shape_prior.shape import Shape
from shape_prior.training import TrainingRows, train

CURVE, BASE, SIMPLEST = "curve", "piecewise, mean", "lognormal"
LARGE = (300, 1000)  # people


@dataclass(frozen=True)
class Result:
    """Errors of every method and hits of the intervals.

    Attributes
    ----------
    source, size : (n,) arrays
        Of the groups.
    errors : dict of (n, 8) arrays
        By method, in percent.
    hits : dict of (n, 8) arrays of bool
        By level (0.5, 0.9): whether the credible interval contains the truth.
    """

    source: np.ndarray
    size: np.ndarray
    errors: dict[str, np.ndarray]
    hits: dict[float, np.ndarray]


def folds(groups: Groups, rows: TrainingRows) -> dict[str, Shape]:
    """The prior learned without each source, by the source left out."""
    return {str(name): train(groups.subset(groups.source != name), rows) for name in np.unique(groups.source)}


def run(groups: Groups, shapes: dict[str, Shape], baselines: dict[str, Method], n_draws: int) -> Result:
    """Fits every group by every method and by the curve, its prior `shapes[source]`."""
    truth = np.array([of_sample(wages) for wages in groups.wages])
    quantiles, mean = groups.quantiles(), groups.mean
    errors = {
        name: percent_off(method(PROBABILITIES, quantiles, mean).measures(), truth)
        for name, method in baselines.items()
    }
    errors[CURVE] = np.empty_like(truth)
    hits = {level: np.zeros(truth.shape, dtype=bool) for level in (0.5, 0.9)}
    for name, shape in shapes.items():
        out = np.flatnonzero(groups.source == name)
        fitted = curve.fit(PROBABILITIES, quantiles[out], mean[out], shape)
        errors[CURVE][out] = percent_off(fitted.measures(), truth[out])
        for i in out if n_draws else ():
            size = float(groups.size[i])
            drawn = curve.posterior(PROBABILITIES, quantiles[i], mean[i], size, n_draws, int(i), shape=shape)
            draws = drawn.measures()
            for level, hit in hits.items():
                low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
                hit[i] = (low <= truth[i]) & (truth[i] <= high)
    return Result(groups.source, groups.size, errors, hits if n_draws else {})


def print_errors(result: Result) -> None:
    """One row a method."""
    print(f"{'RMSE in %':20}", *(f"{name:>9}" for name in NAMES), f"{'/ piecewise':>12} {'/ lognormal':>12}")
    base, simplest = result.errors[BASE], result.errors[SIMPLEST]
    for name, errors in result.errors.items():
        cells = " ".join(f"{value:9.2f}" for value in root_mean_square(errors))
        print(f"{name:20} {cells} {ratio(errors, base):12.3f} {ratio(errors, simplest):12.3f}")


def print_ratios(result: Result) -> None:
    """The curve over the piecewise lognormal with bootstrap intervals, measure by measure and together."""
    errors, base, simplest = (result.errors[name] for name in (CURVE, BASE, SIMPLEST))
    by_group = bootstrap(errors, base)
    ratios = root_mean_square(errors) / root_mean_square(base)
    print(f"\n{'curve / piecewise':20}", *(f"{value:9.3f}" for value in ratios))
    for label, q in (("  2.5 %", 0.025), ("  97.5 %", 0.975)):
        print(f"{label:20}", *(f"{value:9.3f}" for value in np.quantile(by_group, q, axis=0)))
    for label, other in (("piecewise", base), ("lognormal", simplest)):
        low, high = geometric_interval(bootstrap(errors, other))
        low_source, high_source = geometric_interval(bootstrap(errors, other, result.source))
        print(
            f"geometric mean over {label}: {ratio(errors, other):.3f}, 90 % interval {low:.3f} to {high:.3f} "
            f"(groups drawn), {low_source:.3f} to {high_source:.3f} (sources drawn)"
        )


def print_blocks(result: Result) -> None:
    """The ratios by source and among large groups."""
    chosen_by = {str(name): result.source == name for name in np.unique(result.source)}
    chosen_by |= {f"{size:,} people or more": result.size >= size for size in LARGE}
    print(
        f"\n{'curve / piecewise':20}",
        *(f"{name:>9}" for name in NAMES),
        f"{'/ piecewise':>12} {'/ lognormal':>12} groups",
    )
    for label, chosen in chosen_by.items():
        errors, base, simplest = (result.errors[name][chosen] for name in (CURVE, BASE, SIMPLEST))
        cells = " ".join(f"{value:9.2f}" for value in root_mean_square(errors) / root_mean_square(base))
        print(f"{label:20} {cells} {ratio(errors, base):12.3f} {ratio(errors, simplest):12.3f} {chosen.sum():6}")


def print_coverage(result: Result) -> None:
    """Share of groups whose interval contains the truth, pooled and by third of group size."""
    third = np.digitize(result.size, np.quantile(result.size, [1 / 3, 2 / 3]))
    print(f"\n{'coverage in %':20}", *(f"{name:>9}" for name in NAMES))
    for level, hits in result.hits.items():
        print(f"{f'{level:.0%} interval':20}", *(f"{value:9.1f}" for value in 100 * hits.mean(axis=0)))
    for i, label in enumerate(("smallest third", "middle third", "largest third")):
        print(f"{'  ' + label:20}", *(f"{value:9.1f}" for value in 100 * result.hits[0.9][third == i].mean(axis=0)))


def print_coverage_by_source(result: Result) -> None:
    """Coverage of each percentile by the intervals, source by source."""
    for name in np.unique(result.source):
        chosen = result.hits[0.9][result.source == name]
        print(f"{'  ' + str(name):20}", *(f"{value:9.1f}" for value in 100 * chosen.mean(axis=0)))
