"""Draws and uncertainty of many distributions are those of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.ensemble import MixtureEnsemble, RowEnsemble

from ..row_kinds import KINDS, assert_rows, fitted, grouped, labels, tolerance

MISSING = 2


@pytest.mark.parametrize("size", [None, 0, 3, (2, 3)])
def test_draws_have_the_shape_asked_for(many: Any, size: Any) -> None:
    shape = () if size is None else size if isinstance(size, tuple) else (size,)
    draws = many.rvs(size, rng=5)
    assert draws.shape == (len(many), *shape)
    np.testing.assert_array_equal(draws, many.rvs(size, random_state=5, n_threads=2))
    assert np.isnan(draws[~many.is_fitted]).all()


def test_one_row_draws_what_its_distribution_draws(many: Any) -> None:
    """The one rule of seeds: row 0 draws as its distribution alone, the other rows have streams of their own."""
    rel = tolerance(many, "rvs")
    for i, label in enumerate(labels(many)):
        if many.row(i) is not None:
            alone = many[i : i + 1].rvs(50, rng=8)
            np.testing.assert_allclose(alone[0], many[label].rvs(50, rng=8), rtol=rel)
    np.testing.assert_allclose(many.rvs(50, rng=8)[0], many[labels(many)[0]].rvs(50, rng=8), rtol=rel)


def test_rows_draw_independently() -> None:
    """Correlation of the ranks of 20,000 draws of two rows of one distribution: four standard errors."""
    pay, n = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}), 20_000
    cells = wf.fit_many(mean=[44_010] * 3, quantiles={0.1: [26_550] * 3, 0.9: [66_260] * 3})
    for draws in (cells.rvs(n, rng=1), RowEnsemble([pay] * 3).rvs(n, rng=1)):
        ranks = np.corrcoef(pay.cdf(draws))
        assert np.abs(ranks[np.triu_indices(3, 1)]).max() < 4 / np.sqrt(n)
    np.testing.assert_array_equal(cells.rvs(9, rng=1), RowEnsemble([pay] * 3).rvs(9, rng=1))


@pytest.mark.parametrize(("functional", "args"), [("ppf", (0.99,)), ("gini", ()), ("ppf", ([0.05, 0.95],))])
def test_credible_intervals_are_those_of_each_row(functional: str, args: tuple[Any, ...]) -> None:
    """By name, and by a function of a distribution."""
    for cells in (fitted(), grouped(), fitted().truncate(20_000, 90_000)):
        ends = cells.credible(functional, *args, level=0.8, draws=20, rng=2)
        called = cells.credible(lambda pay: getattr(pay, functional)(*args), level=0.8, draws=20, rng=2)
        for found, same, end in zip(ends, called, (0, 1), strict=True):
            np.testing.assert_array_equal(found, same)
            assert found.shape == (len(cells), *np.shape(args[0] if args else 0.0))
            assert_rows(
                cells,
                found,
                lambda row, end=end: row.credible(functional, *args, level=0.8, draws=20, rng=2)[end],
                0.0,
            )


def test_a_generator_moves_on_and_is_asked_once() -> None:
    """All rows of one call take one key; another call takes another."""
    rng = np.random.default_rng(3)
    first, second = (fitted().credible("gini", draws=10, rng=rng)[0] for _ in range(2))
    np.testing.assert_array_equal(first, fitted().credible("gini", draws=10, rng=3)[0])
    assert (first[0], first[3]) != (second[0], second[3])


def test_unknown_functionals_and_unknown_uncertainty() -> None:
    with pytest.raises(wf.FactError, match="functional is 'median_wage'"):
        fitted().credible("median_wage")
    rows = KINDS["rows"]()
    low, high = rows.credible("gini", draws=5)
    assert (np.isnan(low) == [False, True, True]).all()  # nothing says how uncertain the lognormal is
    assert low[0] <= rows.gini()[0] <= high[0] or low[0] < high[0]


def test_posterior_draws_are_ensembles_whose_first_row_is_its_distributions() -> None:
    for cells in (fitted(), grouped()):
        draws = cells.posterior_draws(3, rng=4)
        assert [len(drawn) for drawn in draws] == [len(cells)] * 3
        first = next(cells.rows())
        assert [next(drawn.rows()) for drawn in draws] == first.posterior_draws(3, rng=4)
        assert np.isnan(draws[0].mean()[MISSING])
    twice = wf.fit_many(mean=[44_010] * 2, quantiles={0.1: [26_550] * 2, 0.9: [66_260] * 2}).posterior_draws(2)
    assert twice[0].row(0) != twice[0].row(1)
    assert isinstance(grouped().posterior_draws(1)[0], MixtureEnsemble)
