"""Effects of rows and columns, and means of the other cells of a group."""

from __future__ import annotations

import numpy as np
import pytest

from wagefit.oews.two_way_effects import left_out_means, two_way_effects

EXACT = 1e-10  # relative, of sums of some thousand numbers of size 1


def crossed(n_rows: int, n_columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of each cell of a complete table."""
    return np.repeat(np.arange(n_rows), n_columns), np.tile(np.arange(n_columns), n_rows)


def test_complete_balanced_tables_have_effects_that_are_means_of_rows_and_columns() -> None:
    """The closed form of a balanced two-way layout (Scheffe, 1959, ch. 4)."""
    table = np.random.default_rng(1).normal(size=(7, 11, 2))
    rows, columns = crossed(7, 11)
    found = two_way_effects(table.reshape(-1, 2), rows, columns, np.ones(77))
    grand = table.mean(axis=(0, 1))
    np.testing.assert_allclose(found.mean, grand, atol=EXACT)
    np.testing.assert_allclose(found.row, table.mean(axis=1) - grand, atol=EXACT)
    np.testing.assert_allclose(found.column, table.mean(axis=0) - grand, atol=EXACT)


def test_planted_effects_are_recovered_from_an_incomplete_table() -> None:
    rng = np.random.default_rng(2)
    row, column = rng.normal(size=(30, 1)), rng.normal(size=(20, 1))
    rows, columns = crossed(30, 20)
    kept = rng.random(600) < 0.5
    rows, columns = rows[kept], columns[kept]
    found = two_way_effects(3.0 + row[rows] + column[columns], rows, columns, rng.uniform(0.5, 2.0, len(rows)))
    np.testing.assert_allclose(found.row - found.row[0], row - row[0], atol=EXACT)
    np.testing.assert_allclose(found.column - found.column[0], column - column[0], atol=EXACT)


@pytest.mark.parametrize("shrinkage", [0.3, 5.0])
def test_shrunk_effects_solve_the_penalized_normal_equations(shrinkage: float) -> None:
    """The dense ridge system of dummies, of which the mean's alone is not penalized."""
    rng = np.random.default_rng(3)
    rows, columns = rng.integers(0, 6, 80), rng.integers(0, 5, 80)
    values, weights = rng.normal(size=(80, 1)), rng.uniform(0.1, 1.0, 80)
    dummies = np.hstack([np.ones((80, 1)), np.eye(6)[rows], np.eye(5)[columns]])
    penalty = shrinkage * np.diag([0.0, *np.ones(11)])
    dense = np.linalg.solve(dummies.T @ (weights[:, None] * dummies) + penalty, dummies.T @ (weights[:, None] * values))
    found = two_way_effects(values, rows, columns, weights, shrinkage)
    fitted = found.mean + found.row[rows] + found.column[columns]
    np.testing.assert_allclose(fitted, dummies @ dense, atol=EXACT)


def test_means_leave_out_their_own_cell() -> None:
    """By hand: the others' weighted mean with a further cell of value 0 and weight 2."""
    values, weights = np.array([[1.0], [2.0], [4.0], [np.nan], [9.0]]), np.array([1.0, 2.0, 1.0, 0.0, 1.0])
    found = left_out_means(np.array([0, 0, 0, 0, 1]), values, weights, 2.0)
    expected = [8.0 / 5.0, 5.0 / 4.0, 5.0 / 5.0, 9.0 / 6.0, 0.0]
    np.testing.assert_allclose(found[:, 0], expected, atol=EXACT)
