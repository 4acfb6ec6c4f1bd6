"""Regressions of the median, and errors of values that their coefficients have not seen."""

from __future__ import annotations

import numpy as np

from wagefit.oews.robust_regression import fit_median


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
