"""Errors of what was hidden from the fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import ndtr

from parent_rule.parts import P, Parts
from wagefit import _core

Rule = Mapping[str, float]
NAMES = ("P10", "P25", "P50", "P75", "P90", "mean")
EMPTY = np.empty(0)


def errors(parts: Parts, rule: Rule | None) -> dict[str, np.ndarray]:
    """Log errors of each figure in turn, hidden from cells without a mean; None fits cells without a parent.

    Means are hidden beside all percentiles; where none is published they are left out.
    """
    found = {NAMES[j]: _hidden_quantile(parts, j, rule) for j in range(len(P))}
    if not np.isnan(parts.mean).all():
        found["mean"] = np.log(_fitted(parts, list(range(len(P))), rule).mean(1)[:, 0] / parts.mean)
    return found


def _hidden_quantile(parts: Parts, j: int, rule: Rule | None) -> np.ndarray:
    shown = [i for i in range(len(P)) if i != j]
    return np.log(_fitted(parts, shown, rule).ppf(np.array([P[j]]), 1)[:, 0] / parts.quantiles[:, j])


def _fitted(parts: Parts, shown: list[int], rule: Rule | None) -> _core.Ensemble:
    wages = EMPTY if rule is None else _parent_wages(parts)
    return _fit(parts.quantiles[:, shown], [P[i] for i in shown], EMPTY, wages, prior_of(rule))


def _parent_wages(parts: Parts) -> np.ndarray:
    prior = _core.shape_prior()
    parents = _fit(parts.parent_quantiles, list(P), parts.parent_mean, EMPTY, prior)
    scores = _core.parent_scores(prior)
    return parents.ppf(ndtr(scores), 1)


def _fit(
    quantiles: np.ndarray, p: list[float], mean: np.ndarray, parent_wages: np.ndarray, prior: _core.ShapePrior
) -> _core.Ensemble:
    return _core.fit_cells(
        n_cells=len(quantiles),
        quantile_p=np.array(p),
        quantiles=list(np.ascontiguousarray(quantiles.T)),
        at_least_p=EMPTY,
        at_least=[],
        mean=mean,
        mean_at_least=EMPTY,
        lower=0.0,
        upper=np.inf,
        parent_wages=parent_wages,
        prior=prior,
        n_threads=0,
    )


def prior_of(rule: Rule | None) -> _core.ShapePrior:
    """The prior of all fits with another rule; its `drawn_factor` serves intervals only."""
    prior = _core.shape_prior()
    if rule is None:
        return prior
    return _core.ShapePrior(
        z=prior.z,
        mean=prior.mean,
        mean_alone=prior.mean_alone,
        mean_by_scale=prior.mean_by_scale,
        shape=prior.shape,
        interval_factor=prior.interval_factor,
        parent=_core.ParentRule(**rule, drawn_factor=prior.parent.drawn_factor),
    )


def print_errors(all_parts: Sequence[Parts], rule: Rule) -> None:
    """Median absolute errors in percent, alone and with a parent, and their ratio."""
    for parts in all_parts:
        alone, borrowed = errors(parts, None), errors(parts, rule)
        print(f"{parts.title}: {len(parts.quantiles):,} cells")
        for name, each in alone.items():
            before, after = (100 * np.median(abs(e)) for e in (each, borrowed[name]))
            print(f"  {name:5}{before:7.3f}{after:7.3f}{after / before:7.3f}")
