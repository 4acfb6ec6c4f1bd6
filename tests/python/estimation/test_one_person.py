"""What one person decides: estimates that are met exactly, and errors that nobody can tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

from ..workers import made_up_workers

smf = pytest.importorskip("statsmodels.formula.api")

DENSE = 1e-8  # inverses of well-conditioned systems on either side


@pytest.mark.parametrize("covariance", ["HC2", "HC3"])
@pytest.mark.parametrize("scale", [1.0, 1.1, 7.3])
@pytest.mark.parametrize("n", [5, 8, 60, 200])
def test_a_level_of_one_person_has_no_error(covariance: str, scale: float, n: int) -> None:
    """NaN for that level alone; others as in the equation without that person, where the level is not."""
    y = np.round(np.random.default_rng(0).normal(10, 1, n)) * scale
    frame = pd.DataFrame({"y": y, "g": ["a"] * (n // 2) + ["b"] * (n - n // 2 - 1) + ["c"]})
    fit = wf.estimate_factors(frame, "y ~ g", covariance=covariance)
    assert np.isnan(fit.errors).tolist() == [False, False, True]
    assert any("g[T.c]" in note and "one row" in note for note in fit.notes)
    without = wf.estimate_factors(frame[frame.g != "c"], "y ~ g", covariance=covariance)
    assert fit.errors[:2] == pytest.approx(without.errors, rel=1e-9)  # leverages of 1 / n, summed in another order
    assert "unknown" in fit.summary()


@pytest.mark.parametrize(
    ("terms", "named"), [("union + solo", "solo 'one'"), ("union + is_one", "is_one"), ("union + is_other", "is_other")]
)
def test_errors_made_of_residuals_say_what_one_person_decides(terms: str, named: str) -> None:
    """The residual of that person is 0, so that coverage is far below what the interval says."""
    frame = made_up_workers(200)
    frame["solo"] = ["one", *["more"] * 199]
    frame["is_one"] = frame.solo == "one"
    frame["is_other"] = (frame.solo == "more").astype(float)
    equations = [
        wf.estimate_factors(frame, f"log(wage) ~ {terms}"),
        wf.estimate_quantiles(frame, f"log(wage) ~ {terms}"),
        wf.estimate_bracketed(frame, f"~ {terms}", lower=frame.wage * 0.9, upper=frame.wage * 1.1),
    ]
    for equation in equations:
        (note,) = (note for note in equation.notes if "too small" in note)
        assert named in note
        assert f"{equation.covariance} errors" in note
    likelihood = wf.estimate_bracketed(
        frame, f"~ {terms}", lower=frame.wage * 0.9, upper=frame.wage * 1.1, covariance="hessian"
    )
    assert not any("too small" in note for note in likelihood.notes)


def test_hc1_of_what_one_person_decides_is_not_rounding() -> None:
    """The intercept is a reference level of one person: a residual of 0, whose square rounding alone keeps above 0."""
    rng = np.random.default_rng(3)
    for n in (5, 9, 30):
        frame = pd.DataFrame({"y": rng.normal(10, 1, n), "g": ["a", *("bc" * n)[: n - 1]]})
        fit = wf.estimate_factors(frame, "y ~ g")
        assert np.isnan(fit.errors).tolist() == [True, False, False]
        assert any("of g 'a'" in note for note in fit.notes)
        theirs = smf.ols("y ~ g", frame).fit(cov_type="HC1")
        assert fit.errors[1:] == pytest.approx(theirs.bse.to_numpy()[1:], rel=DENSE)


def test_a_numeric_column_that_one_row_decides() -> None:
    """A dummy column, and a reference level of one person, with which all are compared."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"y": rng.normal(size=20), "x": rng.normal(size=20), "d": 0.0, "g": ["b", "c"] * 10})
    frame.loc[3, "d"] = 1.0
    fit = wf.estimate_factors(frame, "y ~ x + d", covariance="HC3")
    assert np.isnan(fit.errors).tolist() == [False, False, True]
    without = wf.estimate_factors(frame.drop(index=3), "y ~ x", covariance="HC3")
    assert fit.errors[:2] == pytest.approx(without.errors, rel=1e-9)
    alone = frame.assign(g=np.where(np.arange(20) == 0, "a", frame.g))
    assert np.isnan(wf.estimate_factors(alone, "y ~ g", covariance="HC3").errors).all()
