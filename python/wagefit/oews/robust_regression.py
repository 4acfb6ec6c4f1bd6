"""Least absolute deviations with a small ridge, and the errors of each value by the coefficients of other values."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wagefit.oews.two_way_effects import Codes
from wagefit.shared.arguments import FloatArray

RIDGE = 1.0  # rows of weight 1 that pull each coefficient, of a regressor of mean square 1, to 0
SMALLEST = 0.03  # residual of a log below which the loss is quadratic
STEPS = 5


class MedianFit(NamedTuple):
    """A regression of the median."""

    coefficients: FloatArray
    """Shape (m,)."""
    errors: FloatArray
    """Shape (n,): each value less its fit by the rows of the other folds."""


def fit_median(regressors: FloatArray, values: FloatArray, folds: Codes) -> MedianFit:
    """Regression of the median of `values`, shape (n,), on `regressors`, shape (n, m), the loss quadratic near 0.

    Iteratively reweighted least squares (Schlossmacher, 1973, Journal of the American Statistical Association 68) with
    a ridge in proportion to each regressor's square. The coefficients without a fold keep the weights of the whole
    fit, so that they need one more system only.
    """
    size = np.sqrt(np.mean(regressors**2, axis=0)) + 1e-12
    scaled = regressors / size
    weights, coefficients = np.ones(len(values)), np.zeros(scaled.shape[1])
    ridge = RIDGE * np.eye(scaled.shape[1])
    for _ in range(STEPS):
        weighted = scaled * weights[:, None]
        coefficients = np.linalg.solve(weighted.T @ scaled + ridge, weighted.T @ values)
        weights = 1.0 / np.maximum(np.abs(values - scaled @ coefficients), SMALLEST)
        weights /= weights.mean()
    errors = _left_out_errors(scaled, values, weights, folds, ridge)
    return MedianFit(coefficients / size, errors)


def _left_out_errors(
    regressors: FloatArray, values: FloatArray, weights: FloatArray, folds: Codes, ridge: FloatArray
) -> FloatArray:
    rows = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
    weighted = regressors * weights[:, None]
    products = [weighted[fold].T @ regressors[fold] for fold in rows]
    sums = [weighted[fold].T @ values[fold] for fold in rows]
    product, total = sum(products, ridge), sum(sums, np.zeros(len(ridge)))
    errors = np.empty(len(values))
    for fold, own_product, own_sum in zip(rows, products, sums, strict=True):
        coefficients = np.linalg.solve(product - own_product, total - own_sum)
        errors[fold] = values[fold] - regressors[fold] @ coefficients
    return errors
