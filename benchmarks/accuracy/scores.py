"""Errors, their ratios, and how far a ratio can be trusted."""

from __future__ import annotations

import numpy as np

RESAMPLES = 1000


def percent_off(estimate: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Errors in percent of the truth."""
    return 100 * (estimate / truth - 1)


def root_mean_square(errors: np.ndarray) -> np.ndarray:
    """Root mean square over the groups, shape (8,)."""
    return np.sqrt(np.mean(errors**2, axis=0))


def ratio(errors: np.ndarray, base: np.ndarray) -> float:
    """Geometric mean over the measures of the ratios of root mean square errors."""
    return float(np.exp(np.mean(np.log(root_mean_square(errors) / root_mean_square(base)))))


def bootstrap(errors: np.ndarray, base: np.ndarray, block: np.ndarray | None = None) -> np.ndarray:
    """Ratios of the root mean square errors under resampling, shape (RESAMPLES, 8).

    Groups are drawn with replacement; with `block`, shape (n,), whole blocks (sources) are, as groups of one source
    share people.
    """
    rng = np.random.default_rng(0)
    block = np.arange(len(errors)) if block is None else block
    blocks = [np.flatnonzero(block == name) for name in np.unique(block)]
    out = np.empty((RESAMPLES, errors.shape[1]))
    for i in range(RESAMPLES):
        drawn = np.concatenate([blocks[j] for j in rng.integers(0, len(blocks), len(blocks))])
        out[i] = root_mean_square(errors[drawn]) / root_mean_square(base[drawn])
    return out


def geometric_interval(ratios: np.ndarray) -> np.ndarray:
    """The 5 % and 95 % points of the geometric mean of bootstrapped ratios."""
    return np.exp(np.quantile(np.log(ratios).mean(axis=1), [0.05, 0.95]))
