"""What holds of the curve for any facts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given

import wagefit as wf

from ..fits import assert_is_a_distribution
from ..oracles import EPS, EXACT
from ..strategies import FactSet, fact_sets, powers, wage_like

# Scaling the wages changes the last digits of every intermediate result. The mean is then met to 1e-12 by another curve
# of the family; a mean in the middle of its interval moves no percentile by more than a hundred times that.
RESCALED = 1e-10


@given(fact_sets())
@example(  # wages equal but for 1e-14: their logs differ by less than logs are known
    FactSet((0.1, 0.25, 0.5), (908_798.4, 908_798.4 * (1 + 1e-14), 1_322_724.2), 1.1e6, 0.0, 1.4e6, (0.0, 0.0))
)
@example(FactSet((0.14, 0.19, 0.34, 0.86), (13.9, 414_230.9, 414_230.9, 414_231.0), 336_000.0, 0.0, np.inf, (0.0, 0.0)))
@example(FactSet((0.57,), (85_112_555.0,), 36_598_968.0, 0.0, 85_499_724.0, (36_598_398.65, 0.0)))
def test_every_feasible_set_of_facts_is_fitted(facts: FactSet) -> None:
    """2 to 12 quantiles from 1e-3 to 1e15, ties, gaps from 1e-12 to 1e6, means to a millionth of either end."""
    pay = wf.fit(**facts.arguments())
    assert pay.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
    assert_is_a_distribution(pay, facts.p)


@given(fact_sets())
def test_density_is_finite_and_positive_between_distinct_quantiles(facts: FactSet) -> None:
    """At five points of each rising interval that double precision can tell from its ends."""
    pay = wf.fit(**facts.arguments())
    for i in range(1, len(facts.p)):
        low, high = facts.q[i - 1], facts.q[i]
        x = low + (high - low) * np.array([0.1, 0.3, 0.5, 0.7, 0.9])
        x = x[(x > low) & (x < high)]
        log_density = pay.logpdf(x)
        assert np.all(np.isfinite(log_density)), (facts.p[i - 1], facts.p[i], log_density)
        assert np.all(np.isfinite(pay.pdf(x)))


def fit_or_error(arguments: dict[str, Any]) -> wf.Distribution | Exception:
    """The fit, or the error that says why there is none."""
    try:
        return wf.fit(**arguments)
    except (wf.InfeasibleError, wf.ConvergenceError) as error:
        return error


@given(fact_sets(), powers(-16, -6))
def test_mean_too_near_its_end_is_met_or_reported(facts: FactSet, part: float) -> None:
    """Never silently missed: within a millionth of an end the fit either meets the mean or raises ConvergenceError."""
    mean = facts.interval[0] * (1 + part)
    is_between = facts.interval[0] * (1 + 16 * EPS) < mean < facts.interval[1] * (1 - 16 * EPS)
    outcome = fit_or_error({**facts.arguments(), "mean": mean})
    if isinstance(outcome, wf.Distribution):
        assert outcome.mean() == pytest.approx(mean, rel=EXACT)
        assert outcome.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    elif is_between:
        assert isinstance(outcome, wf.ConvergenceError)
        assert "too near the end of its feasible interval" in str(outcome)


@given(wage_like(), powers(-3, 3))
def test_scaling_the_facts_scales_the_curve(facts: FactSet, scale: float) -> None:
    pay, scaled = wf.fit(**facts.arguments()), wf.fit(**facts.arguments(scale))
    p = np.linspace(0.01, 0.99, 50)
    assert scaled.ppf(p) == pytest.approx(scale * pay.ppf(p), rel=RESCALED)
    assert scaled.diagnostics.status == pay.diagnostics.status


@given(wage_like())
def test_scaling_by_a_power_of_two_changes_no_digit(facts: FactSet) -> None:
    """Only exponents change, in every step of the fit."""
    p = np.linspace(0.001, 0.999, 50)
    pay, scaled = wf.fit(**facts.arguments()), wf.fit(**facts.arguments(2.0**20))
    assert scaled.ppf(p) == pytest.approx(2.0**20 * pay.ppf(p), rel=4 * EPS)
