"""Regressions of the median, and errors of values that their coefficients have not seen."""

from __future__ import annotations

import numpy as np

from wagefit.oews.robust_regression import LEAST_ERROR, fit_median, fit_size


def test_heavy_tails_on_one_side_do_not_move_the_coefficients() -> None:
    """The planted line of the median, where a fifth of the values lie far above it and as many below, but nearer."""
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(5000), rng.normal(size=5000)])
    noise = 0.05 * rng.normal(size=5000)
    noise[:1000] += 3.0
    noise[1000:2000] -= 0.5
    found = fit_median(x, x @ [0.2, 0.7] + noise, np.arange(5000) % 5)
    # Standard error of a median of 5,000 values of density 4.8 at the median: 0.0015; five of them.
    np.testing.assert_allclose(found.coefficients, [0.2, 0.7], atol=0.0075)


def test_errors_are_those_of_fits_without_the_fold() -> None:
    """Least squares, to which the loss comes down where errors are below 0.03, without each fold in turn."""
    rng = np.random.default_rng(2)
    x = np.column_stack([np.ones(4000), rng.normal(size=4000)])
    folds = np.arange(4000) % 40
    y = x @ [1.0, 2.0] + 0.005 * rng.normal(size=4000)
    found = fit_median(x, y, folds)
    size = np.sqrt(np.mean(x**2, axis=0))
    for i in range(40):
        kept = folds != i
        z = x[kept] / size
        coefficients = np.linalg.solve(z.T @ z + np.eye(2), z.T @ y[kept])
        np.testing.assert_allclose(found.errors[~kept], y[~kept] - x[~kept] / size @ coefficients, atol=1e-9)


def test_sizes_of_groups_are_their_mean_absolute_errors() -> None:
    """The likelihood of Laplace's distribution is greatest there, whatever the errors' distribution is."""
    rng = np.random.default_rng(3)
    group = np.arange(3000) % 3
    errors = np.array([0.01, 0.1, 1.0])[group] * rng.standard_t(3, size=3000)
    factor = np.where(rng.random(3000) < 0.5, 1.0, 2.0)
    found = fit_size(np.eye(3)[group], errors * factor, factor)
    relative = (np.abs(errors * factor) + LEAST_ERROR) / factor
    expected = [np.mean(relative[group == k]) for k in range(3)]
    np.testing.assert_allclose(np.exp(found), expected, rtol=1e-5)


def test_sizes_follow_a_planted_law() -> None:
    """The information of a coefficient is n var(x): a standard error of 1 / 100, of which four are allowed."""
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(10_000), rng.normal(size=10_000)])
    errors = np.exp(x @ [-1.0, 0.5]) * rng.laplace(size=10_000)
    np.testing.assert_allclose(fit_size(x, errors, np.ones(10_000)), [-1.0, 0.5], atol=0.04)


def test_collinear_regressors_give_the_same_sizes() -> None:
    """As in states, whose share in the nation is their people over one number."""
    rng = np.random.default_rng(5)
    x = np.column_stack([np.ones(2000), rng.normal(size=2000)])
    errors = np.exp(0.7 * x[:, 1]) * rng.laplace(size=2000)
    both = np.column_stack([x, x[:, 1] - 3.0 + 1e-9 * rng.normal(size=2000)])
    plain, doubled = (each @ fit_size(each, errors, np.ones(2000)) for each in (x, both))
    np.testing.assert_allclose(plain, doubled, atol=1e-5)


def test_a_far_error_does_not_keep_the_likelihood_from_its_maximum() -> None:
    """Three rows of ten times the regressor, one of which is off by 100,000 sizes: their mean, as of any group."""
    x = np.column_stack([np.ones(1000), np.where(np.arange(1000) < 3, 10.0, 0.0)])
    errors = np.full(1000, 0.01)
    errors[0] = 1000.0
    sizes = np.exp(x @ fit_size(x, errors, np.ones(1000)))
    np.testing.assert_allclose(sizes[[0, 3]], [np.mean(errors[:3]) + LEAST_ERROR, 0.01 + LEAST_ERROR], rtol=1e-5)
