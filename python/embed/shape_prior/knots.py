"""Normal scores at which the prior is learned."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

# Of the prior. The last two lie beyond what percentiles show.
_LOWER = (-3.0, -2.6, -2.2, -1.9, -1.6, -1.3, -1.05, -0.8, -0.55, -0.3, -0.1)
_UPPER = (0.1, 0.3, 0.55, 0.8, 1.05, 1.3, 1.6, 1.9, 2.2, 2.6, 3.0, 3.5, 4.2)
SCORES = np.array([*_LOWER, *_UPPER])
N_BEYOND = 2
TYPICAL_SCALE = 0.45  # log points


def interpolation(at: np.ndarray) -> np.ndarray:
    """Weights (m, k) of the k values at `SCORES` in linear interpolation at the scores `at`, constant beyond."""
    return np.array([np.interp(at, SCORES, unit) for unit in np.eye(len(SCORES))]).T


def matern(z: np.ndarray, length: float) -> np.ndarray:
    """Correlation of a Matern process with nu = 3/2 at the scores `z`, shape (k, k)."""
    distance = abs(np.subtract.outer(z, z)) * np.sqrt(3) / length
    return (1 + distance) * np.exp(-distance)


def bridge(z: np.ndarray) -> np.ndarray:
    """Covariance, times n, of the normal scores of a sample's quantiles: p (1 - p') / (phi(z) phi(z')), p <= p'."""
    p = ndtr(z)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return np.minimum.outer(p, p) * (1 - np.maximum.outer(p, p)) / np.outer(density, density)


def scale_feature(log_scale: np.ndarray) -> np.ndarray:
    """What the mean shape depends on: f = log(scale / typical scale), clipped to [-1, 1]."""
    return np.clip(log_scale - np.log(TYPICAL_SCALE), -1.0, 1.0)
