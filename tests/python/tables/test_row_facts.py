"""One row of a table of any agency as the facts of a fit."""

from __future__ import annotations

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
