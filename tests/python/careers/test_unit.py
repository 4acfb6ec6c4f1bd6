"""Careers and changes of levels in other units than dollars a year."""

from __future__ import annotations

import pytest

import wagefit as wf
from wagefit.careers import CareerRole

FACTS = {"mean": 33_102, "quantiles": {0.1: 23_837, 0.5: 33_603, 0.8: 39_772}}
NURSES = wf.fit(**FACTS, unit="GBP/year")


def model(unit: str) -> wf.SalaryModel:
    """Wages of certified people a tenth above those of others, half of each."""
    levels = (wf.Level("none", "none", 1.0, None, share=0.5), wf.Level("RN", "RN", 1.1, 0.02, share=0.5))
    return wf.SalaryModel(wf.fit(**FACTS, unit=unit), [wf.Factor("credential", levels)])


def test_a_career_prints_and_draws_the_currency_of_its_roles() -> None:
    outcome = wf.Career((CareerRole("nurse", (NURSES,)),), (), start="nurse").simulate(years=3, n=200, rng=1)
    assert outcome.career.unit == "GBP/year"
    assert "median £" in repr(outcome)
    assert "$" not in repr(outcome)
    assert outcome.plot()[0].yaxis.get_major_formatter()(20_000, 0) == "£20,000"


def test_roles_in_several_units_are_refused() -> None:
    roles = (CareerRole("nurse", (NURSES,)), CareerRole("abroad", (wf.fit(**FACTS),)))
    with pytest.raises(wf.FactError, match="roles are paid in GBP/year, USD/year; expected one unit"):
        wf.Career(roles, (), start="nurse")


def test_wages_of_an_hour_make_no_yearly_career() -> None:
    with pytest.raises(wf.FactError, match="pay of the roles is in GBP/hour; expected wages of a year"):
        wf.Career((CareerRole("nurse", (NURSES.to_hourly(),)),), (), start="nurse")


def test_what_a_credential_is_worth_is_in_the_currency_of_the_model() -> None:
    value = wf.worth(model("GBP/year").profile(credential="none"), credential="RN", n=500)
    assert "yearly gain: median £" in repr(value)
    assert "$" not in repr(value)
    assert value.plot().get_xlabel() == "net present value, pounds"


def test_a_credential_has_no_yearly_worth_in_wages_of_an_hour() -> None:
    with pytest.raises(wf.FactError, match="pay of the model is in GBP/hour; expected wages of a year"):
        wf.worth(model("GBP/hour").profile(credential="none"), credential="RN")
