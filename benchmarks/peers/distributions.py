"""Distributions from published figures: facts met, errors on held-out truths, then times."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from distribution_peers import PEERS, Adapter, CannotTakeError, Peer, wagefit_with
from measures import LogQuantiles, of_sample
from packages import why_absent
from real_cells import HeldOutGroups
from scipy.special import ndtr
from scores import percent_off, ratio
from shape_prior.groups import PROBABILITIES
from shape_prior.published import PublishedRows
from timing import least_seconds

MET = 1e-3  # relative: published figures are rounded to about as much
SMALLEST = 1e-9  # of a median: where a method's lower tail is negative
EVALUATED = np.array([0.05, 0.4, 0.6, 0.95, 0.99])


@dataclass(frozen=True)
class Standing:
    """One row of the table.

    Attributes
    ----------
    peer : Peer
    absent : str or None
        Why there are no figures.
    answered, quantiles_met, mean_met : float
        Shares of cells that are distributions at all, and that meet all five percentiles and the mean, in percent.
    left_out : (5,) array
        Median absolute errors of percentiles left out in turn, in percent; NaN where the package cannot do without it.
    over_wagefit : float
        Geometric mean over the eight measures of groups of root mean square errors over those of wagefit.
    seconds, ours : float
        A row, of a fit and five quantiles: by the package, and by wagefit in turns with it.
    """

    peer: Peer
    absent: str | None = None
    answered: float = np.nan
    quantiles_met: float = np.nan
    mean_met: float = np.nan
    left_out: np.ndarray | None = None
    over_wagefit: float = np.nan
    seconds: float = np.nan
    ours: float = np.nan


def league(rows: PublishedRows, held_out: HeldOutGroups | None) -> list[Standing]:
    """Every package's standing; times come last, and only of those that answer."""
    ours = None if held_out is None else group_errors(PEERS[0], held_out)
    return [standing(peer, rows, held_out, ours) for peer in PEERS]


def standing(peer: Peer, rows: PublishedRows, held_out: HeldOutGroups | None, ours: np.ndarray | None) -> Standing:
    """One package's figures."""
    absent = None if peer.package == "wagefit" else why_absent(peer.package)
    if absent is not None:
        return Standing(peer, absent)
    found = replace(facts_met(peer, rows), left_out=left_out_errors(peer, rows))
    if held_out is not None and ours is not None:
        theirs = ours if peer is PEERS[0] else group_errors(peer, held_out)
        both = np.isfinite(theirs).all(axis=1)
        found = replace(found, over_wagefit=ratio(theirs[both], ours[both]) if both.any() else np.nan)
    if found.answered == 0.0:
        return replace(found, absent="answers no cell")
    n = len(rows.mean)
    mine, its = least_seconds(*(partial(_fit_and_evaluate, each, rows) for each in (PEERS[0], peer)))
    return replace(found, seconds=its / n, ours=mine / n)


def _fit_and_evaluate(peer: Peer, rows: PublishedRows) -> np.ndarray:
    return peer.fit(PROBABILITIES, rows.quantiles, rows.mean)(EVALUATED)


def measured(fit: Adapter, p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> LogQuantiles:
    """The fitted cells, measured by the same quadrature for every package; refused cells are NaN."""
    fitted, floor = fit(p, quantiles, mean), SMALLEST * quantiles[:, :1]

    def logs(z: np.ndarray) -> np.ndarray:
        wages = fitted(ndtr(z))
        return np.log(np.where(wages < floor, floor, wages))

    return LogQuantiles(logs)


def facts_met(peer: Peer, rows: PublishedRows) -> Standing:
    """Shares of rows that ascend everywhere, and that meet the published figures, used by the package or not."""
    cells = measured(peer.fit, PROBABILITIES, rows.quantiles, rows.mean)
    wages = np.exp(cells.g(cells.Z))
    ascends = np.isfinite(wages).all(axis=1) & (np.diff(wages, axis=1) >= -MET * wages[:, 1:]).all(axis=1)
    met = abs(cells.ppf(PROBABILITIES) / rows.quantiles - 1) < MET
    mean_met = abs(wages @ cells.MASS / rows.mean - 1) < MET
    shares = [100 * float((ascends & each).mean()) for each in (np.True_, met.all(axis=1), mean_met)]
    return Standing(peer, None, *shares)


def left_out_errors(peer: Peer, rows: PublishedRows) -> np.ndarray:
    """Median absolute error of each percentile from the other four and the mean, in percent, shape (5,)."""
    out = np.full(5, np.nan)
    for k in range(5):
        kept = np.delete(np.arange(5), k)
        try:
            fitted = peer.fit(PROBABILITIES[kept], rows.quantiles[:, kept], rows.mean)
        except CannotTakeError:
            continue
        found = percent_off(fitted(PROBABILITIES[[k]])[:, 0], rows.quantiles[:, k])
        if np.isfinite(found).any():
            out[k] = np.nanmedian(abs(found))
    return out


def group_errors(peer: Peer, held_out: HeldOutGroups) -> np.ndarray:
    """Errors of the eight measures in percent, shape (n, 8); wagefit's prior has not seen the group's source."""
    groups = held_out.groups
    truth, quantiles, mean = np.array([of_sample(each) for each in groups.wages]), groups.quantiles(), groups.mean
    errors = np.full(truth.shape, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # quadrature over cells without an answer
        for name, shape in held_out.shapes.items():
            out = np.flatnonzero(groups.source == name)
            fit = wagefit_with(shape) if peer.package == "wagefit" else peer.fit
            estimate = measured(fit, PROBABILITIES, quantiles[out], mean[out]).measures()
            errors[out] = percent_off(estimate, truth[out])
    return errors


def print_table(standings: list[Standing]) -> None:
    """A row a package and method."""
    heads = "".join(f"{f'P{round(100 * p)}':>7}" for p in PROBABILITIES)
    print(f"{'package, method':48}{'answers':>9}{'P met':>7}{'mean':>7}{heads}{'groups':>8}{'us':>10}{'ours/its':>10}")
    for each in standings:
        name = f"{each.peer.package}, {each.peer.method}"
        if each.absent is not None or each.left_out is None:
            print(f"{name:48}  {each.absent}")
            continue
        shares = f"{each.answered:9.0f}{each.quantiles_met:7.0f}{each.mean_met:7.0f}"
        errors = "".join(_figure(value, 7, 2) for value in each.left_out)
        times = f"{1e6 * each.seconds:10,.1f}{each.ours / each.seconds:10.4f}"
        print(f"{name:48}{shares}{errors}{_figure(each.over_wagefit, 8, 2)}{times}")


def _figure(value: float, width: int, digits: int) -> str:
    return f"{'-':>{width}}" if np.isnan(value) else f"{value:{width}.{digits}f}"


def behind(standings: list[Standing]) -> list[str]:
    """Where wagefit is behind, a line a figure."""
    ours, lines = standings[0], []
    for each in standings[1:]:
        if each.left_out is None or ours.left_out is None:
            continue
        name = f"{each.peer.package}, {each.peer.method}"
        for p, mine, its in zip(PROBABILITIES, ours.left_out, each.left_out, strict=True):
            if its < mine:
                share = "" if each.answered == 100 else f" on the {each.answered:.0f} % of rows that it answers"
                lines.append(f"P{round(100 * p)} left out: {mine:.2f} %, {name} {its:.2f} %{share}")
        if each.over_wagefit < 1:
            lines.append(f"groups: {name} errs by {each.over_wagefit:.2f} of wagefit")
        if each.seconds < each.ours:
            lines.append(f"time: {each.ours / each.seconds:.1f} times as long as {name}")
    return lines
