"""Continuous factors: an elasticity, and curves through readings at a few amounts."""

from __future__ import annotations

import math

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, SalaryModel


def test_an_elasticity_is_a_power_in_the_model() -> None:
    """Mean pay of profiles at two amounts differs by their ratio to the power, in between the knots too."""
    factor = Factor.elasticity("price level", 0.5, {0.9: 0.3, 1.0: 0.4, 1.2: 0.3}, standard_error=0.1)
    model = SalaryModel(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260}), [factor])
    low, high = (model.profile(**{"price level": amount}) for amount in (0.95, 1.13))
    assert high.pay.mean() / low.pay.mean() == pytest.approx((1.13 / 0.95) ** 0.5, rel=1e-9)  # calibration
    (row,) = model.compare(high, low).rows
    assert row.ratio_error == pytest.approx(row.ratio * 0.1 * math.log(1.13 / 0.95), rel=1e-9)
    beyond = model.profile(**{"price level": 2.0})
    assert any("outside the table" in note for note in beyond.notes)
    assert beyond.pay.mean() == model.profile(**{"price level": 1.2}).pay.mean()


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({1.0: 1.0}, "expected at least two, all above 0"),
        ({0.0: 0.5, 1.0: 0.5}, "expected at least two, all above 0"),
        ({1.0: 0.5, 2.0: 0.6}, "shares with the sum 1.1"),
    ],
)
def test_meaningless_elasticities_are_refused(shares: dict[float, float], message: str) -> None:
    """Amounts and shares."""
    with pytest.raises(wf.FactError, match=message):
        Factor.elasticity("size", 0.1, shares)


def test_scattered_readings_become_the_nearest_concave_curve() -> None:
    """Against scipy's constrained minimizer."""
    from scipy import optimize

    amounts = np.array([0.0, 2.0, 5.0, 10.0, 20.0])
    read = np.array([1.0, 1.12, 1.10, 1.35, 1.41])
    errors = np.array([0.01, 0.02, 0.02, 0.03, 0.03])
    factor = Factor.curve(
        "experience", dict(zip(amounts, read, strict=True)), dict.fromkeys(amounts, 0.2),
        standard_errors=dict(zip(amounts, errors, strict=True)), unit="years", source="made up",
    )  # fmt: skip
    y, w = np.log(read), (read / errors) ** 2

    def slopes(values: np.ndarray) -> np.ndarray:
        steps = np.diff(values) / np.diff(amounts)
        return np.concatenate([steps, steps[:-1] - steps[1:]])

    best = optimize.minimize(
        lambda values: (w * (values - y) ** 2).sum() / 1e4, y, constraints={"type": "ineq", "fun": slopes},
        options={"ftol": 1e-15, "maxiter": 1000},
    ).x  # fmt: skip
    found = np.log([level.ratio for level in factor.levels])
    # SLSQP's accuracy.
    np.testing.assert_allclose(found, best - best[0], atol=1e-5)
    assert any("Moved by" in level.note for level in factor.levels)
    assert factor.levels[0].standard_error == 0.0
    assert factor.levels[4].standard_error == pytest.approx(
        factor.levels[4].ratio * math.hypot(0.03 / 1.41, 0.01), rel=1e-12
    )


def test_concave_readings_are_kept() -> None:
    """Not moved, and no note."""
    factor = Factor.curve("experience", {0: 1.0, 5: 1.2, 25: 1.5}, {0: 0.3, 5: 0.4, 25: 0.3})
    assert [level.ratio for level in factor.levels] == pytest.approx([1.0, 1.2, 1.5], rel=1e-14)
    assert not any(level.note for level in factor.levels)
    wild = Factor.curve("x", {0: 1.0, 5: 0.9, 25: 1.5}, {0: 0.3, 5: 0.4, 25: 0.3}, shape="as given")
    assert wild.levels[1].ratio == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("ratios", "shares", "message"),
    [
        ({0: 1.0, 5: -1.2}, {0: 0.5, 5: 0.5}, "ratios has -1.2"),
        ({0: 1.0, 5: 1.2}, {0: 0.5, 6: 0.5}, "different amounts"),
        ({0: 1.0, 5: 1.2}, {0: 0.5, 5: 0.6}, "shares with the sum"),
        ({0: 1.0}, {0: 1.0}, "at least 2"),
    ],
)
def test_meaningless_readings_are_refused(ratios: dict[float, float], shares: dict[float, float], message: str) -> None:
    """Naming the argument."""
    with pytest.raises(wf.FactError, match=message):
        Factor.curve("experience", ratios, shares)
