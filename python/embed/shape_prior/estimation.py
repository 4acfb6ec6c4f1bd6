"""Estimates the prior's mean and covariance from cells that each show only part of their shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shape_prior.curve_mean import Curves
from shape_prior.groups import Groups
from shape_prior.knots import Knots, level_and_scale, scale_feature
from shape_prior.published import PublishedRows
from wagefit import _core

ITERATIONS = 12  # stopping early regularizes: left-out sources are predicted worse after 20 and after 40
DEGREES_OF_FREEDOM = _core.shape_prior().degrees_of_freedom
LEAST_IN_TAIL = 1.0  # people expected beyond a sample quantile for it to count as seen
NUGGET = 2e-4  # variance of a residual that heaping adds
MEAN_NOISE = 1e-4  # variance of the linearized equation of the mean, in squared scales
UNSEEN = 1e4  # variance of a residual that is not observed
FEATURE_RIDGE = 100.0  # cells' worth of evidence that shape does not depend on scale
LEAST_INCREMENT = 0.02  # of the step in z; keeps the curves that the mean is linearized at monotone


@dataclass(frozen=True)
class Shape:
    """What the prior knows, at k knots and in units of a cell's scale.

    Attributes
    ----------
    probabilities : (k,) array
        Of the knots.
    mean, mean_by_scale : (k,) arrays
        The mean residual is `mean` + f `mean_by_scale`, f the feature of the cell's scale.
    mean_alone : (k,) array
        What stands for `mean` in cells whose mean wage is not known.
    covariance : (k, k) array
        Of the residuals of infinitely large cells.
    """

    probabilities: np.ndarray
    mean: np.ndarray
    mean_alone: np.ndarray
    mean_by_scale: np.ndarray
    covariance: np.ndarray

    def mean_at(self, feature: np.ndarray) -> np.ndarray:
        """Mean residuals of cells with the given features, shape (n, k)."""
        return self.mean + feature[:, None] * self.mean_by_scale


@dataclass(frozen=True)
class Cells:
    """n cells whose residuals are seen at some of the k knots.

    Attributes
    ----------
    residual, is_seen : (n, k) arrays
        (log Q - level) / scale - z, and where it was observed.
    level, scale, log_mean, size, weight : (n,) arrays
        Line through the five log percentiles, log of the mean wage, people (inf where sampling does not matter).
    """

    residual: np.ndarray
    is_seen: np.ndarray
    level: np.ndarray
    scale: np.ndarray
    log_mean: np.ndarray
    size: np.ndarray
    weight: np.ndarray

    @property
    def feature(self) -> np.ndarray:
        """Feature of each cell's scale, shape (n,)."""
        return scale_feature(self.scale)


@dataclass(frozen=True)
class Expectation:
    """What the cells say about their shapes, given a prior.

    Attributes
    ----------
    shape : (n, k) array
        Expected residuals of an infinitely large cell.
    sample : (n, k) array
        Expected residuals of the people in the cell.
    covariance : (n, k, k) array
        Of the first.
    trust : (n,) array
        Weight of each cell under the multivariate t: small for outlying cells.
    """

    shape: np.ndarray
    sample: np.ndarray
    covariance: np.ndarray
    trust: np.ndarray


def cells_of_groups(knots: Knots, groups: Groups, weight: np.ndarray) -> Cells:
    """Cells seen at every knot beyond which the sample has people."""
    level, scale = level_and_scale(groups.quantiles())
    residual = (np.log(groups.quantiles(knots.p)) - level[:, None]) / scale[:, None] - knots.z
    tail = np.minimum(knots.p, 1 - knots.p)
    is_seen = np.outer(groups.size, tail) >= LEAST_IN_TAIL
    return Cells(residual, is_seen, level, scale, np.log(groups.mean), groups.size.astype(float), weight)


def cells_of_rows(knots: Knots, rows: PublishedRows, weight: np.ndarray) -> Cells:
    """Cells seen at the published percentiles only, without sampling noise."""
    level, scale = level_and_scale(rows.quantiles)
    residual = np.zeros((len(rows), len(knots.p)))
    residual[:, knots.facts] = (np.log(rows.quantiles) - level[:, None]) / scale[:, None] - knots.z[knots.facts]
    is_seen = np.zeros(residual.shape, dtype=bool)
    is_seen[:, knots.facts] = True
    return Cells(residual, is_seen, level, scale, np.log(rows.mean), np.full(len(rows), np.inf), weight)


def first_guess(knots: Knots) -> Shape:
    """No mean; an exponential covariance with a random curvature."""
    z = knots.z
    covariance = 0.05 * np.exp(-abs(np.subtract.outer(z, z)) / 2) + 0.0125 * np.outer(z**2, z**2)
    flat = np.zeros(len(z))
    return Shape(knots.p, flat, flat, flat, knots.residual @ covariance @ knots.residual.T + 1e-3 * np.eye(len(z)))


def estimate(knots: Knots, samples: list[Cells], iterations: int = ITERATIONS) -> Shape:
    """The shape by expectation maximization for the multivariate t (Liu and Rubin 1995) with missing observations."""
    shape = first_guess(knots)
    current = [np.where(cells.is_seen, cells.residual, 0.0) for cells in samples]
    for _ in range(iterations):
        expected = [expect(knots, cells, shape, at) for cells, at in zip(samples, current, strict=True)]
        shape = maximize(knots, samples, expected)
        current = [one.sample for one in expected]
    return shape


def expect(knots: Knots, cells: Cells, shape: Shape, current: np.ndarray) -> Expectation:
    """Conditions every cell on what it shows; the mean's equation is linearized at the residuals `current`."""
    design, observed, noise = _observations(knots, cells, current)
    prior = shape.mean_at(cells.feature)
    sampled = shape.covariance + knots.sampling / cells.size[:, None, None]
    from_sample, from_shape = design @ sampled, design @ shape.covariance
    among = from_sample @ design.transpose(0, 2, 1) + noise[:, :, None] * np.eye(noise.shape[1])
    surprise = observed - np.einsum("nik,nk->ni", design, prior)
    solved = np.linalg.solve(among, np.concatenate([surprise[:, :, None], from_shape], axis=2))
    pull = solved[:, :, 0]
    n_seen = (noise < UNSEEN).sum(axis=1)
    return Expectation(
        shape=prior + np.einsum("nik,ni->nk", from_shape, pull),
        sample=prior + np.einsum("nik,ni->nk", from_sample, pull),
        covariance=shape.covariance - from_shape.transpose(0, 2, 1) @ solved[:, :, 1:],
        trust=(DEGREES_OF_FREEDOM + n_seen) / (DEGREES_OF_FREEDOM + (surprise * pull).sum(axis=1)),
    )


def maximize(knots: Knots, samples: list[Cells], expected: list[Expectation]) -> Shape:
    """The shape that the expectations of all cells make most likely."""
    weight = np.concatenate([cells.weight for cells in samples])
    trusted = weight * np.concatenate([one.trust for one in expected])
    feature = np.concatenate([cells.feature for cells in samples])
    residual = np.concatenate([one.shape for one in expected])
    columns = np.column_stack([np.ones_like(feature), feature])
    gram = (columns.T * trusted) @ columns + np.diag([0.0, FEATURE_RIDGE])
    mean, mean_by_scale = np.linalg.solve(gram, (columns.T * trusted) @ residual)
    deviation = residual - mean - feature[:, None] * mean_by_scale
    unknown = sum(
        np.einsum("n,nkl->kl", cells.weight, one.covariance) for cells, one in zip(samples, expected, strict=True)
    )
    covariance = (unknown + (deviation.T * trusted) @ deviation) / weight.sum()
    return Shape(knots.p, mean, mean, mean_by_scale, (covariance + covariance.T) / 2)


def _observations(knots: Knots, cells: Cells, current: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Design (n, m, k), values (n, m) and noise variances (n, m): the residuals seen and, last, the log mean."""
    columns = np.flatnonzero(cells.is_seen.any(axis=0))
    is_seen = cells.is_seen[:, columns]
    of_mean, mean_seen = _mean_equation(knots, cells, current)
    select = np.broadcast_to(np.eye(len(knots.p))[columns], (len(current), len(columns), len(knots.p)))
    design = np.concatenate([select, of_mean[:, None, :]], axis=1)
    observed = np.column_stack([np.where(is_seen, cells.residual[:, columns], 0.0), mean_seen])
    noise = np.column_stack([np.where(is_seen, NUGGET, UNSEEN), np.full(len(current), MEAN_NOISE)])
    return design, observed, noise


def _mean_equation(knots: Knots, cells: Cells, current: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (n, k) and value (n,) of the linear equation for the residuals that the mean wage amounts to."""
    g = _monotone(knots.z, knots.z + current)
    log_mean, gradient = Curves(knots.z, cells.level[:, None] + cells.scale[:, None] * g).log_mean()
    return gradient, (cells.log_mean - log_mean) / cells.scale + (gradient * (g - knots.z)).sum(axis=1)


def _monotone(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    """`g` with increments of at least `LEAST_INCREMENT`, unchanged at the middle knot."""
    increments = np.maximum(np.diff(g, axis=1), LEAST_INCREMENT * np.diff(z))
    out = np.concatenate([np.zeros((len(g), 1)), np.cumsum(increments, axis=1)], axis=1)
    middle = len(z) // 2
    return out + (g - out)[:, [middle]]
