"""Least absolute deviations with a small ridge, errors by the coefficients of other values, and sizes of errors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wagefit.oews.two_way_effects import Codes
from wagefit.shared.arguments import FloatArray

RIDGE = 1.0  # rows of weight 1 that pull each coefficient, of a regressor of mean square 1, to 0
SMALLEST = 0.03  # residual of a log below which the loss is quadratic
STEPS = 5
LEAST_ERROR = 1e-3  # of a log, added to each error: those below it are rounding
SCORING_STEPS, LARGEST_STEP, SMALL_STEP = 50, 1.0, 1e-6  # the latter two of the log of any size
COLLINEAR = 1e-6  # of the largest singular value: directions of less are not told from rounding


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


def fit_size(regressors: FloatArray, errors: FloatArray, factor: FloatArray) -> FloatArray:
    """Coefficients b of the sizes s = factor exp(X b) of errors by maximum likelihood of Laplace's distribution.

    The distribution whose location is estimated best by a median: sum(log s + |e| / s) is least, which is convex in b.
    Unlike a regression of log |e|, it weighs the errors that are large, by which intervals are missed. Fisher scoring,
    of which the information, X'X, does not depend on b.

    Parameters
    ----------
    regressors : ndarray, shape (n, m)
        They may be collinear: of the coefficients that are equally good, those near the regression's of log |e|.
    errors : ndarray, shape (n,)
    factor : ndarray, shape (n,)
        What is known of the sizes, above 0.
    """
    inverse = np.asarray(np.linalg.pinv(regressors, rcond=COLLINEAR), dtype=float)
    relative = (np.abs(errors) + LEAST_ERROR) / factor

    def loss(at: FloatArray) -> float:
        logs = regressors @ at
        return float(np.mean(logs + relative * np.exp(-logs)))

    coefficients: FloatArray = inverse @ np.log(relative)
    for _ in range(SCORING_STEPS):
        step = inverse @ (relative * np.exp(-regressors @ coefficients) - 1.0)
        longest = float(np.max(np.abs(regressors @ step)))
        if longest < SMALL_STEP:
            break
        step *= min(1.0, LARGEST_STEP / longest)
        least = loss(coefficients)
        while loss(coefficients + step) > least and np.max(np.abs(step)) > 0.0:
            step *= 0.5
        coefficients += step
    return coefficients


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
