"""A published row as the facts of a fit: the same figures in every form in which a row comes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf
from wagefit import oews

# 29-2071 in May 2018.
TECHNICIANS = {"occupation": "29-2071", "mean": 44_010.0, "p10": 26_550.0, "p25": 32_070.0, "p50": 40_350.0,
               "p75": 52_730.0, "p90": 66_260.0, "mean_rse": 0.4, "employment": 208_650.0,
               "hourly_mean": 21.16}  # fmt: skip
FACTS = {
    "mean": 44_010,
    "quantiles": {0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260},
    "mean_rse": 0.4,
    "employment": 208_650,
}
FORMS = {
    "mapping": TECHNICIANS,
    "series": pd.Series(TECHNICIANS),
    "row of pandas": pd.DataFrame([TECHNICIANS, TECHNICIANS | {"mean": 1.0}]).iloc[0],
    "named tuple": next(pd.DataFrame([TECHNICIANS]).itertuples()),
    "row of polars": pl.DataFrame([TECHNICIANS]).row(0, named=True),
    "cell": oews.cell("29-2071", year=2018),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_row_gives_the_same_facts_and_fit(form: str) -> None:
    row: Any = FORMS[form]
    assert oews.facts(row) == FACTS
    assert wf.fit(row) == wf.fit(**FACTS)


def test_what_is_not_published_is_no_fact() -> None:
    row = TECHNICIANS | {"p25": None, "p75": math.nan, "p90": pd.NA, "mean_rse": np.float64("nan")}
    assert oews.facts(row) == {"mean": 44_010, "quantiles": {0.10: 26_550, 0.50: 40_350}, "employment": 208_650}


def test_marks_are_bounds() -> None:
    row = {"mean": 267_020, "p10": 133_080, "top_coded": "p75 p90", "top_code": 208_000}
    assert oews.facts(row)["at_least"] == {0.75: 208_000, 0.90: 208_000}
    assert "at_least" not in oews.facts(row | {"top_code": math.nan})


def test_hourly_figures_are_taken_where_there_are_no_others() -> None:
    """Actors: $9.05, $17.54 an hour; P90 above the top code of $100, which is 208,000 a year."""
    row = {"mean": math.nan, "hourly_p10": 9.05, "hourly_p50": 17.54, "hourly_top_coded": "p90", "top_code": 208_000}
    assert oews.facts(row) == {"quantiles": {0.1: 9.05, 0.5: 17.54}, "at_least": {0.9: 100}, "unit": "USD/hour"}
    assert wf.fit(row).unit == "USD/hour"
    assert wf.fit(row, unit="USD/hour") == wf.fit(row)
    assert "unit" not in oews.facts(row | {"p50": 36_480})


def test_given_facts_take_the_place_of_those_of_the_row() -> None:
    assert wf.fit(TECHNICIANS, mean=45_000) == wf.fit(**FACTS | {"mean": 45_000})
    assert wf.fit(TECHNICIANS, family="lognormal").name == "lognormal"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("29-2071", "row is str; expected a mapping"),
        (44_010, "row is int"),
        (pd.DataFrame([TECHNICIANS]), "row is DataFrame"),
        ({"employment": 208_650}, "row has no published wage"),
        ({"mean": "*", "p10": 26_550}, r"mean is '\*'; expected one number"),
    ],
)
def test_what_is_no_row_is_refused(row: Any, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.fit(row)


def test_a_unit_that_is_not_the_rows_is_refused() -> None:
    with pytest.raises(wf.FactError, match="unit is 'GBP/year'; expected 'USD/year', that of the row"):
        wf.fit(TECHNICIANS, unit="GBP/year")
