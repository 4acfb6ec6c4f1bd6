"""Factors from wage equations of this package, statsmodels and pyfixest."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit import Factor


def workers(n: int = 800) -> pd.DataFrame:
    """Log wages with known effects of region and experience."""
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"region": rng.choice(["east", "north", "west"], n), "experience": rng.uniform(0, 30, n)})
    effects = frame.region.map({"east": 0.0, "north": 0.1, "west": -0.2})
    curve = 0.04 * frame.experience - 0.0007 * frame.experience**2
    frame["wage"] = np.exp(10 + effects + curve + rng.normal(0, 0.2, n))
    return frame


FORMULA = "np.log(wage) ~ C(region) + experience + I(experience ** 2)"
SHARES = {"east": 0.3, "north": 0.3, "west": 0.4}


def results() -> dict[str, object]:
    """One equation by three packages."""
    smf = pytest.importorskip("statsmodels.formula.api")
    pf = pytest.importorskip("pyfixest")
    frame = workers()
    frame["log_wage"] = np.log(frame.wage)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyfixest's own use of pandas
        feols = pf.feols("log_wage ~ C(region) + experience + I(experience ** 2)", frame, vcov="HC1")
    return {
        "statsmodels": smf.ols(FORMULA, frame).fit(cov_type="HC1"),
        "pyfixest": feols,
        "wagefit": wf.estimate_factors(frame, "log(wage) ~ C(region) + experience + I(experience ** 2)"),
    }


def test_every_package_gives_the_same_factor() -> None:
    """Ratios and errors, of levels and along amounts, from names that each package writes its own way."""
    found = results()
    expected = found["statsmodels"]
    for result in found.values():
        region = Factor.from_regression(result, "region", SHARES, source="made up", year=2024)
        assert region.baseline == "east"
        north = region.levels[1]
        term = "C(region)[T.north]"
        beta, error = expected.params[term], expected.bse[term]  # type: ignore[attr-defined]
        assert north.ratio == pytest.approx(math.exp(beta), rel=1e-9)
        # pyfixest's small-sample correction of HC1 agrees with n / (n - p) here.
        assert north.standard_error == pytest.approx(math.exp(beta) * error, rel=1e-6)
        assert (north.source, north.year, north.share_is_assumed) == ("made up", 2024, True)


def test_experience_from_a_regression_is_a_curve() -> None:
    """exp of the polynomial against its value at the first amount, with the delta method's error."""
    result = results()["statsmodels"]
    names = ["experience", "I(experience ** 2)"]
    factor = Factor.from_regression(
        result, "experience", {0: 0.2, 10: 0.5, 25: 0.3}, powers={names[0]: 1, names[1]: 2}, unit="years"
    )
    beta = result.params[names].to_numpy()  # type: ignore[attr-defined]
    cov = result.cov_params().loc[names, names].to_numpy()  # type: ignore[attr-defined]
    x = np.array([25.0, 625.0])
    assert factor.is_continuous
    assert factor.levels[2].ratio == pytest.approx(math.exp(x @ beta), rel=1e-12)
    assert factor.levels[2].standard_error == pytest.approx(math.exp(x @ beta) * math.sqrt(x @ cov @ x), rel=1e-10)
    assert factor.levels[0].standard_error == 0.0


def test_an_error_that_nobody_can_tell_stays_unknown() -> None:
    """A level of one person has no HC3 error; dollars are no logs, whose exponential would be a ratio."""
    frame = pd.DataFrame({"wage": [20.0, 30.0, 25.0, 40.0, 35.0, 28.0], "region": [*"aabbbc"]})
    fit = wf.estimate_factors(frame, "log(wage) ~ region", covariance="HC3")
    factor = Factor.from_regression(fit, "region", {"a": 0.4, "b": 0.4, "c": 0.2})
    assert [level.standard_error is None for level in factor.levels] == [False, False, True]
    with pytest.raises(wf.FactError, match="not their logarithm"):
        Factor.from_regression(wf.estimate_factors(frame, "wage ~ region"), "region", {"a": 0.4, "b": 0.4, "c": 0.2})


def test_regressions_that_do_not_fit_are_refused() -> None:
    """Unknown columns, levels without a share or a term, results without names."""
    result = results()["statsmodels"]
    with pytest.raises(wf.FactError, match="name is 'city'; expected a categorical column"):
        Factor.from_regression(result, "city", SHARES)
    with pytest.raises(wf.FactError, match="shares has no level 'west'"):
        Factor.from_regression(result, "region", {"east": 0.5, "north": 0.5})
    with pytest.raises(wf.FactError, match=r"levels \['east', 'south'\] of shares have no term"):
        Factor.from_regression(result, "region", SHARES | {"south": 0.0})
    with pytest.raises(wf.FactError, match="powers has the term 'age'"):
        Factor.from_regression(result, "experience", {0: 1.0}, powers={"age": 1})
    with pytest.raises(wf.FactError, match="shares with the sum"):
        Factor.from_regression(result, "region", SHARES | {"east": 0.5})
    with pytest.raises(wf.FactError, match="result is int"):
        Factor.from_regression(3, "region", SHARES)


@pytest.mark.parametrize("crossed", ["region*experience", "region + sex:region", "region*sex"])
def test_a_column_that_is_crossed_with_another_has_no_one_ratio(crossed: str) -> None:
    """The ratio at the other's zero or reference is not that of the level."""
    frame = workers()
    frame["sex"] = np.resize(["f", "m", "m"], len(frame))
    result = wf.estimate_factors(frame, f"log(wage) ~ {crossed}")
    with pytest.raises(wf.FactError, match="with which the ratios of region change; expected an equation in which"):
        Factor.from_regression(result, "region", SHARES)
    uncrossed = wf.estimate_factors(frame, "log(wage) ~ region + sex*experience")
    assert Factor.from_regression(uncrossed, "region", SHARES).baseline == "east"
