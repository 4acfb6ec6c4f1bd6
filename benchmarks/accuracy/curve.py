"""The curve as the compiled core fits it, with a given prior."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from measures import CoreCurves, Fitted
from shape_prior.core import core_prior
from shape_prior.shape import Shape

from wagefit import _core

EMPTY = np.empty(0)


def fit(
    p: np.ndarray,
    quantiles: np.ndarray,
    mean: np.ndarray,
    shape: Shape | None = None,
    at_least: Mapping[float, np.ndarray] | None = None,
) -> CoreCurves:
    """Fits n cells; `shape` replaces the learned part of the prior, `at_least` holds one-sided facts by probability."""
    bounds = dict(at_least or {})
    cells = _core.fit_cells(
        n_cells=len(mean),
        quantile_p=np.asarray(p, dtype=float),
        quantiles=list(np.ascontiguousarray(quantiles.T)),
        at_least_p=np.array(list(bounds), dtype=float),
        at_least=list(bounds.values()),
        mean=mean,
        mean_at_least=EMPTY,
        lower=0.0,
        upper=np.inf,
        parent_wages=EMPTY,
        prior=_prior(shape),
        n_threads=1,
    )
    return CoreCurves(cells)


def default(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Fitted:
    """The curve as users get it."""
    return fit(p, quantiles, mean)


def posterior(
    p: np.ndarray,
    quantiles: np.ndarray,
    mean: float,
    size: float,
    n_draws: int,
    stream: int,
    rounding: float = 0.0,
    shape: Shape | None = None,
) -> CoreCurves:
    """Posterior draws of one cell whose facts are those of `size` people themselves."""
    facts = _core.Facts(
        quantile_p=list(p),
        quantile_value=list(quantiles),
        at_least_p=[],
        at_least_value=[],
        mean=mean,
        mean_at_least=None,
        lower=0.0,
        upper=np.inf,
    )
    prior = _prior(shape)
    draws = _core.posterior_draws(
        facts,
        _core.fit_curve(facts, prior, None),
        size=size,
        source=_core.FactSource.own,
        rounding=rounding,
        n=n_draws,
        key=(0, stream),
        prior=prior,
        parent=None,
        n_threads=1,
    )
    return CoreCurves(draws)


def _prior(shape: Shape | None) -> _core.ShapePrior:
    return _core.shape_prior() if shape is None else core_prior(shape)
