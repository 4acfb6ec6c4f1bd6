"""Careers that stay in one occupation."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf

PEOPLE = 20_000
# The standard error of a percentile of 20,000 draws is below half a percent of wages that spread as these do, and
# percentiles are counted in bins of a tenth of a percent.
SAMPLING = 0.02


def test_pay_is_that_of_the_model_at_each_year_of_experience() -> None:
    career = wf.Career.in_occupation("electricians", experience=2, state="TX", year=2025)
    outcome = career.simulate(12, PEOPLE, rng=4)
    model = wf.SalaryModel.for_occupation("47-2111", 2025)
    for year in (0, 5, 11):
        pay = model.profile(experience=2 + year, state="TX").pay
        expected = pay.ppf(np.array([0.1, 0.5, 0.9]))
        np.testing.assert_allclose(outcome.percentiles([0.1, 0.5, 0.9])[year], expected, rtol=SAMPLING)
    assert outcome.role_shares.tolist() == [[1.0]] * 12


def test_what_is_assumed_is_said() -> None:
    career = wf.Career.in_occupation("registered nurses", year=2025)
    said = " ".join(career.assumptions)
    assert "nobody leaves the occupation" in said
    assert "real pay grows by +0.0 % a year (assumption)" in said
    assert "proxies, no figures of Registered Nurses" in said


def test_wages_of_an_hour_make_no_career() -> None:
    with pytest.raises(wf.FactError, match="pay of the roles is in USD/hour; expected wages of a year"):
        wf.Career.in_occupation("actors")


def test_an_unknown_occupation_or_level_is_answered() -> None:
    with pytest.raises(wf.FactError, match="expected a code or title"):
        wf.Career.in_occupation("wizards of the coast")
    with pytest.raises(wf.FactError, match="state is 'Mars'"):
        wf.Career.in_occupation("electricians", state="Mars")
