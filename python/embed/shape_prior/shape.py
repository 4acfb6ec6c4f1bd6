"""What the prior knows of the shape of a wage distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shape_prior.knots import scale_feature


@dataclass(frozen=True)
class Shape:
    """A Gaussian distribution of v(z), the log of the slope of log wage over the normal score z, less the log scale.

    Attributes
    ----------
    mean, mean_by_scale : (k,) arrays
        At `SCORES`; the mean of v is `mean` + f `mean_by_scale`, f the feature of the cell's scale.
    mean_alone : (k,) array
        What stands for `mean` in cells whose mean wage is not known.
    covariance : (k, k) array
        Of v in infinitely large cells.
    interval_factor : (k,) array
        By which intervals stretch the standard deviations.
    """

    mean: np.ndarray
    mean_alone: np.ndarray
    mean_by_scale: np.ndarray
    covariance: np.ndarray
    interval_factor: np.ndarray

    def log_slopes(self, log_scale: np.ndarray, mean: np.ndarray) -> np.ndarray:
        """Expected logs of slopes at `SCORES` of cells with the given scales, shape (n, k); `mean` one of the two."""
        return mean + log_scale[:, None] + scale_feature(log_scale)[:, None] * self.mean_by_scale
