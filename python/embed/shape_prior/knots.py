"""The knots of the prior and the coordinates in which cells are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from shape_prior.groups import PROBABILITIES
from wagefit import _core

KNOTS = (0.005, 0.02, 0.05, 0.10, 0.17, 0.25, 0.33, 0.41, 0.50, 0.59, 0.67, 0.75, 0.83, 0.90, 0.95, 0.99, 0.999)
TYPICAL_SCALE = _core.shape_prior().typical_scale  # log points

_FACTS = ndtri(PROBABILITIES)
_LEAST_SQUARES = np.linalg.pinv(np.column_stack([np.ones_like(_FACTS), _FACTS]))  # (2, 5)


@dataclass(frozen=True)
class Knots:
    """Normal scores at which the prior is estimated.

    Attributes
    ----------
    p : (k,) array
        Probabilities, ascending; the five published ones are among them.
    """

    p: np.ndarray

    @cached_property
    def z(self) -> np.ndarray:
        """Normal scores of the knots, shape (k,)."""
        return ndtri(self.p)

    @cached_property
    def facts(self) -> np.ndarray:
        """Indices of the five published probabilities, shape (5,)."""
        return np.array([int(np.argmin(abs(self.p - p))) for p in PROBABILITIES])

    @cached_property
    def residual(self) -> np.ndarray:
        """The linear map from g at the knots to its residual from the line through the facts, shape (k, k)."""
        out = np.eye(len(self.p))
        out[:, self.facts] -= np.column_stack([np.ones_like(self.z), self.z]) @ _LEAST_SQUARES
        return out

    @cached_property
    def sampling(self) -> np.ndarray:
        """Covariance, times n, that a sample of n standard normal draws gives the residual, shape (k, k)."""
        return self.residual @ bridge(self.z) @ self.residual.T


def bridge(z: np.ndarray) -> np.ndarray:
    """Covariance, times n, of the normal scores of a sample's quantiles: p (1 - p') / (phi(z) phi(z')), p <= p'."""
    p = ndtr(z)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return np.minimum.outer(p, p) * (1 - np.maximum.outer(p, p)) / np.outer(density, density)


def level_and_scale(quantiles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Intercept and slope of the logs of five quantiles on z by least squares, shapes (n,)."""
    level, scale = (np.log(quantiles) @ _LEAST_SQUARES.T).T
    return level, scale


def scale_feature(scale: np.ndarray) -> np.ndarray:
    """What the mean shape depends on: f = log(scale / typical scale), clipped to [-1, 1]."""
    return np.clip(np.log(scale / TYPICAL_SCALE), -1.0, 1.0)
