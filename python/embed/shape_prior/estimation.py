"""Estimates the prior's mean and covariance by expectation maximization."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shape_prior.cells import Cells
from shape_prior.curve import Curves, log_rises
from shape_prior.knots import N_BEYOND, SCORES, matern, scale_feature
from shape_prior.shape import Shape

ITERATIONS = 5  # stopping early regularizes
INNER_STEPS = 3
LARGEST_STEP = 0.7  # of a log slope
DEGREES_OF_FREEDOM = 6.0
LARGEST_TRUST = 1.6
LEVEL_VARIANCE = 0.09  # of the log of a cell's scale about that of its chord
LENGTH = 0.8  # of the Matern process toward which the covariance is shrunk
SHRINKAGE = 0.1  # chosen among 0.01 to 0.6, its length among 0.4 to 2, by leaving out sources and percentiles
FIRST_VARIANCE = 0.25
UNSEEN = 1e6  # variance of a log rise that is not observed
MEAN_NOISE = 1e-6  # variance of a log mean, beside its sampling error
FEATURE_RIDGE = 30.0  # cells' worth of evidence that shape does not depend on scale


@dataclass(frozen=True)
class Expectation:
    """What cells say about their v, given a prior.

    Attributes
    ----------
    v : (n, k) array
        Expected log slopes at `SCORES`.
    covariance : (n, k, k) array
        Of them.
    trust : (n,) array
        Weight of each cell under the multivariate t: small for outlying cells.
    """

    v: np.ndarray
    covariance: np.ndarray
    trust: np.ndarray


def estimate(samples: list[Cells], iterations: int = ITERATIONS) -> Shape:
    """The shape by expectation maximization for the multivariate t (Liu and Rubin 1995) with Laplace's steps."""
    flat = np.zeros(len(SCORES))
    shape = Shape(flat, flat, flat, FIRST_VARIANCE * matern(SCORES, LENGTH), flat + 1)
    current = [shape.log_slopes(cells.log_scale, shape.mean) for cells in samples]
    for _ in range(iterations):
        expected = [expect(cells, shape, v) for cells, v in zip(samples, current, strict=True)]
        shape = maximize(samples, expected)
        current = [one.v for one in expected]
    return shape


def expect(cells: Cells, shape: Shape, v: np.ndarray) -> Expectation:
    """Conditions every cell on what it shows, linearized anew at each inner step from `v` on."""
    base = shape.log_slopes(cells.log_scale, shape.mean)
    prior = shape.covariance + LEVEL_VARIANCE
    for _ in range(INNER_STEPS):
        short, design, noise = _observations(cells, v)
        from_seen = prior @ design.transpose(0, 2, 1)
        among = design @ from_seen + noise
        surprise = short + np.einsum("nmk,nk->nm", design, v - base)
        pull = np.linalg.solve(among, surprise[:, :, None])[:, :, 0]
        v = v + _limited(base + np.einsum("nkm,nm->nk", from_seen, pull) - v)
    n_seen = (np.diagonal(noise, axis1=1, axis2=2) < UNSEEN).sum(axis=1)
    misfit = np.maximum((surprise * pull).sum(axis=1), 0.0)
    return Expectation(
        v=v,
        covariance=prior - from_seen @ np.linalg.solve(among, from_seen.transpose(0, 2, 1)),
        trust=np.minimum((DEGREES_OF_FREEDOM + n_seen) / (DEGREES_OF_FREEDOM + misfit), LARGEST_TRUST),
    )


def maximize(samples: list[Cells], expected: list[Expectation]) -> Shape:
    """The shape that the expectations of all cells make most likely, its covariance shrunk."""
    weight = np.concatenate([cells.weight for cells in samples])
    trusted = weight * np.concatenate([one.trust for one in expected])
    log_scale = np.concatenate([cells.log_scale for cells in samples])
    v = np.concatenate([one.v for one in expected]) - log_scale[:, None]
    feature = scale_feature(log_scale)
    columns = np.column_stack([np.ones_like(feature), feature])
    gram = (columns.T * trusted) @ columns + np.diag([0.0, FEATURE_RIDGE])
    mean, mean_by_scale = np.linalg.solve(gram, (columns.T * trusted) @ v)
    mean, mean_by_scale = _continued(mean), _continued(mean_by_scale)
    deviation = v - mean - feature[:, None] * mean_by_scale
    unknown = sum(np.tensordot(cells.weight, one.covariance, 1) for cells, one in zip(samples, expected, strict=True))
    covariance = (unknown + (deviation.T * trusted) @ deviation) / weight.sum()
    return Shape(mean, mean, mean_by_scale, _shrunk(covariance), np.ones(len(SCORES)))


def _limited(step: np.ndarray) -> np.ndarray:
    """Steps whose largest component is at most `LARGEST_STEP`."""
    return step / np.maximum(abs(step).max(axis=1, keepdims=True) / LARGEST_STEP, 1.0)


def _shrunk(covariance: np.ndarray) -> np.ndarray:
    """The covariance pulled toward a Matern process of its variance, and constant beyond what percentiles show."""
    variance = np.diag(covariance)[4 : -4 - N_BEYOND].mean()
    mixed = (1 - SHRINKAGE) * covariance + SHRINKAGE * variance * matern(SCORES, LENGTH)
    return _continued(_continued(mixed).T)


def _continued(values: np.ndarray) -> np.ndarray:
    """The values at `SCORES`, along the last axis, with that of the last seen score beyond it."""
    out = values.copy()
    out[..., -N_BEYOND:] = out[..., [-1 - N_BEYOND]]
    return out


def _observations(cells: Cells, v: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What cells show less what `v` says, (n, m), its derivatives by v, (n, m, k), and its noise, (n, m, m).

    Shown are the rises between neighboring quantiles, relative to those at `v`, and, last, the log mean.
    """
    middle = int(np.argmin(abs(cells.p - 0.5)))
    y = np.log(cells.quantiles)
    curves = Curves(cells.knots, v @ cells.weights.T, int(cells.at[middle]), y[:, middle])
    log_rise, of_rises = log_rises(curves, cells.at)
    log_mean, of_mean = curves.log_mean()
    is_seen = cells.is_seen[:, 1:] & cells.is_seen[:, :-1]
    rises = np.where(is_seen, np.clip(np.diff(y, axis=1) / np.exp(log_rise) - 1, -0.9, 2.0), 0.0)
    design = np.concatenate([of_rises, of_mean[:, None, :]], axis=1) @ cells.weights
    noise = _noise(cells, curves.slopes[:, cells.at], np.exp(log_rise), is_seen)
    return np.column_stack([rises, np.log(cells.mean) - log_mean]), design, noise


def _noise(cells: Cells, slopes: np.ndarray, rise: np.ndarray, is_seen: np.ndarray) -> np.ndarray:
    """Covariance (n, m, m) of the relative rises between quantiles and, last and apart, of the log mean."""
    variance = np.exp(2 * cells.log_scale)
    of_quantiles = cells.bridge * (slopes[:, :, None] * slopes[:, None, :]) / cells.size[:, None, None]
    of_quantiles += (cells.rounding * variance)[:, None, None] * np.eye(len(cells.p))
    difference = np.diff(np.eye(len(cells.p)), axis=0)
    noise = np.zeros((len(rise), len(cells.p), len(cells.p)))
    noise[:, :-1, :-1] = difference @ of_quantiles @ difference.T / (rise[:, :, None] * rise[:, None, :])
    noise[:, :-1, :-1] += np.where(is_seen, 0.0, UNSEEN)[:, :, None] * np.eye(len(cells.p) - 1)
    noise[:, -1, -1] = MEAN_NOISE + 0.7 * variance / cells.size
    return noise
