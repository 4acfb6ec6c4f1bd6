"""One row of a table of any agency as the facts of a fit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import wagefit as wf
from wagefit.tables.facts import row_facts

NURSES = {"occupation": "2235", "year": 2021, "unit": "GBP/year", "employment": 41_000.0, "mean": 33_102.0,
          "p20": 26_612.0, "p50": 33_603.0, "p80": 39_772.0, "p90": None, "top_coded": ""}  # fmt: skip


def test_every_percentile_counts_in_the_unit_that_the_row_states() -> None:
    pay = wf.fit(NURSES)
    assert pay.unit == "GBP/year"
    for p, wage in ((0.2, 26_612), (0.5, 33_603), (0.8, 39_772)):
        assert pay.ppf(p) == pytest.approx(wage, rel=1e-9)  # a fit is exact to 1e-10
    assert pay.mean() == pytest.approx(33_102, rel=1e-9)


def test_a_row_of_a_frame_is_fitted_as_the_frame_is() -> None:
    table = pd.DataFrame([NURSES, NURSES | {"mean": 34_000.0, "p80_at_least": 41_000.0, "p80": None}])
    cells = wf.fit_table(table)
    for i in range(2):
        assert wf.fit(table.iloc[i]) == cells[i]


def test_bounds_are_bounds() -> None:
    assert row_facts({"unit": "CAD/hour", "p50": 30, "p90_at_least": 60, "mean_at_least": 31}) == {
        "quantiles": {0.5: 30.0},
        "at_least": {0.9: 60.0, "mean": 31.0},
        "unit": "CAD/hour",
    }


def test_a_row_without_wages_is_refused() -> None:
    with pytest.raises(wf.FactError, match="row has no published wage in GBP/year"):
        wf.fit({"unit": "GBP/year", "mean": None, "p50": None})


@pytest.mark.parametrize("unit", [{}, {"unit": "USD/year"}])
def test_every_figure_counts_with_a_unit_and_without(unit: dict[str, str]) -> None:
    """No name of a figure is taken for one of something else, in rows or in tables."""
    row = unit | {"Mean": 44_010.0, "p05": 22_000.0, "Median": 40_350.0, "P95": 80_000.0, "p99_at_least": 150_000.0}
    facts = {"mean": 44_010, "quantiles": {0.05: 22_000, 0.5: 40_350, 0.95: 80_000}, "at_least": {0.99: 150_000}}
    assert wf.fit(row) == wf.fit(**facts)
    cells = wf.fit_table(pd.DataFrame([row]))
    assert cells[0] == wf.fit(**facts)
    assert list(cells.keys.to_columns()) == list(unit)


@pytest.mark.parametrize("unit", [{}, {"unit": "USD/year"}])
def test_of_a_bound_and_a_top_code_the_higher_one_counts(unit: dict[str, str]) -> None:
    row = unit | {"p10": 26_550.0, "p50": 90_000.0, "top_coded": "p90", "top_code": 208_000.0}
    for bound, known in ((150_000.0, 208_000.0), (250_000.0, 250_000.0)):
        pay = wf.fit(quantiles={0.1: 26_550, 0.5: 90_000}, at_least={0.9: known})
        assert wf.fit(row | {"p90_at_least": bound}) == pay
        assert wf.fit_table(pd.DataFrame([row | {"p90_at_least": bound}]))[0] == pay


def test_figures_that_cannot_be_meant_are_refused_by_name() -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"p10": 26_550, "p50": 40_350, "median": 40_350}, "has 'p50' and 'median', which are one figure"),
        ({"p10": 26_550, "p50": 40_350, "p100": 900_000}, "has 'p100'; expected percentiles above P0 and below P100"),
    ]
    for row, message in wrong:
        for known in (row, row | {"unit": "GBP/year"}):
            with pytest.raises(wf.FactError, match=f"row {message}"):
                wf.fit(known)
            with pytest.raises(wf.FactError, match=f"frame {message}"):
                wf.fit_table(pd.DataFrame([known]))
    with pytest.raises(wf.FactError, match="row has p99 of a year beside wages of an hour"):
        wf.fit({"hourly_p10": 9, "hourly_p50": 17, "p99": 90_000})
    with pytest.raises(wf.FactError, match="row states the unit 'GBP/year' and has wages in USD/hour"):
        wf.fit({"hourly_p10": 9, "hourly_p50": 17, "unit": "GBP/year"})


def test_a_given_unit_does_not_contradict_the_row() -> None:
    assert wf.fit(NURSES, unit="GBP/year") == wf.fit(NURSES)
    with pytest.raises(wf.FactError, match="unit is 'USD/hour'; expected 'GBP/year', that of the row"):
        wf.fit(NURSES, unit="USD/hour")
