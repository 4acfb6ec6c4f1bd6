"""What the prior must be where the data that it is learned from are silent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shape_prior.knots import SCORES
from shape_prior.shape import Shape

TYPICAL_SIZE = 3000.0  # people; the roughness that a group of them has by chance belongs to the curve
ROUGH_WITHIN = 1.7  # normal scores
# Beyond P99.5 only the mean wage tells of v: it varies less between cells than what is learned says, so that a mean
# wage far above P90 does not make the standard deviation explode.
FAR = np.array([2.6, 3.0, 3.5, 4.2])
FAR_FACTOR = np.array([1.0, 0.6, 0.4, 0.3])
# What is added to the mean of v, by normal score. The estimated mean is that of log slopes, and the most plausible
# curve is not the average one: it needs a little more in the middle, longer lower tails and, with a mean wage, which is
# a convex function of the slopes, less about P95 and more about P99.5; without one, more beyond P90. Far out the tails
# get lighter; where v falls by more than 1.6 a unit of z the density would rise again. Chosen by the log score and the
# errors of groups of left-out sources and of percentiles left out of national rows; without a mean wage by P95 and P99
# of groups and by the nation's P90 from the states'.
ADDED_AT = np.array([-3.0, -2.6, -2.2, -1.9, -1.3, -0.8, 0.8, 1.05, 1.3, 1.6, 1.9, 2.2, 2.6, 3.0, 3.5, 4.2])
ADDED_BELOW = [0.2, 0.2, 0.1, 0.0, 0.0, 0.05, 0.05, 0.0]
ADDED_WITH_MEAN = np.array([*ADDED_BELOW, -0.05, -0.1, -0.15, -0.25, 0.35, 0.2, -0.25, -1.2])
ADDED_ALONE = np.array([*ADDED_BELOW, 0.0, 0.15, 0.15, 0.15, 0.15, 0.15, -0.45, -1.35])

# By how much intervals stretch the standard deviations of v, by normal score: such that 90 % intervals cover the eight
# measures of groups of left-out sources, percentiles left out of national rows of 2014 to 2020, and published ones
# between the facts in 85 to 95 %.
STRETCH = np.array([[-1.6, -1.3, -0.6, -0.3, 0.8, 1.3, 1.6], [1.0, 1.2, 1.3, 1.0, 1.0, 1.1, 1.7]])


def regularized(shape: Shape) -> Shape:
    """The estimated shape with a rougher middle and calmer ends."""
    factor = np.ones(len(SCORES))
    factor[np.searchsorted(SCORES, FAR)] = FAR_FACTOR
    return replace(
        shape,
        mean=shape.mean + np.interp(SCORES, ADDED_AT, ADDED_WITH_MEAN),
        mean_alone=shape.mean + np.interp(SCORES, ADDED_AT, ADDED_ALONE),
        covariance=(shape.covariance + np.diag(_roughness())) * np.outer(factor, factor),
        interval_factor=np.interp(SCORES, *STRETCH),
    )


def _roughness() -> np.ndarray:
    """Variance of the log slope that sampling adds: a score of n people has increments of variance dz / (n phi)."""
    density = np.exp(-(SCORES**2) / 2) / np.sqrt(2 * np.pi)
    variance = 1 / (TYPICAL_SIZE * density * np.gradient(SCORES))
    return np.where(abs(SCORES) < ROUGH_WITHIN, variance, 0.0)
