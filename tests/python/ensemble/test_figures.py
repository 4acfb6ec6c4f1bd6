"""Columns of published figures of every kind: masked, nullable, of Arrow, of text."""

from __future__ import annotations

import decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wagefit as wf

TWO = np.ones(2)
QUANTILES = {0.1: 2e4 * TWO, 0.5: 4e4 * TWO, 0.9: 9e4 * TWO}
SECOND_MISSING = [50_000, None]
# A mean of 50,000 and one that is not published, in whatever holds columns.
COLUMNS: dict[str, Any] = {
    "list of None": SECOND_MISSING,
    "list of NA": [50_000, pd.NA],
    "objects": np.array(SECOND_MISSING, dtype=object),
    "masked": np.ma.array([50_000.0, 999_999.0], mask=[False, True]),
    "masked integers": np.ma.array([50_000, 999_999], mask=[False, True]),
    "masked text": np.ma.array(["50000", "999999"], mask=[False, True]),
    "masked objects": np.ma.array([50_000, "n. a."], mask=[False, True], dtype=object),
    "Int64": pd.Series(SECOND_MISSING, dtype="Int64"),
    "Float64": pd.Series(SECOND_MISSING, dtype="Float64"),
    "Arrow integers": pd.Series(SECOND_MISSING, dtype="int64[pyarrow]"),
    "Arrow decimals": pd.Series([decimal.Decimal(50_000), None], dtype=pd.ArrowDtype(pa.decimal128(10, 2))),
    "polars": pl.Series(SECOND_MISSING),
    "pyarrow": pa.array(SECOND_MISSING),
    "chunks of pyarrow": pa.chunked_array([[50_000], [None]]),
    "decimals": [decimal.Decimal(50_000), decimal.Decimal("nan")],
    "text": ["$50,000", ""],
    "text of pandas": pd.Series(["50,000", None]),
    "nullable text": pd.Series(["50,000", None], dtype="string"),
    "text of Arrow": pd.Series(["50,000", None], dtype="string[pyarrow]"),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_kind_of_column_says_the_same(kind: str) -> None:
    """The oracle is the plain array: 50,000 and NaN, to the last bit."""
    plain = wf.fit_many(mean=np.array([50_000.0, np.nan]), quantiles=QUANTILES)
    cells = wf.fit_many(mean=COLUMNS[kind], quantiles=QUANTILES)
    assert cells == plain
    assert cells.status.tolist() == ["exact", "exact_without_mean"]
    facts = cells[1].diagnostics
    assert facts is not None
    assert facts.facts.mean is None


@pytest.mark.parametrize("kind", COLUMNS)
def test_quantiles_bounds_and_weights_are_read_alike(kind: str) -> None:
    plain = np.array([50_000.0, np.nan])
    others = {0.1: 2e4 * TWO, 0.5: 3e4 * TWO}
    for name in ("quantiles", "at_least"):
        given = wf.fit_many(
            **{"quantiles": others} | {name: {**(others if name == "quantiles" else {}), 0.9: COLUMNS[kind]}}
        )
        expected = wf.fit_many(
            **{"quantiles": others} | {name: {**(others if name == "quantiles" else {}), 0.9: plain}}
        )
        assert given == expected
    cells = wf.fit_many(mean=[5e4, 6e4], quantiles=QUANTILES)
    assert cells.mixture(weights=COLUMNS[kind]) == cells.mixture(weights=[50_000, 0])


def test_masked_points_have_no_values() -> None:
    pay = wf.fit(mean=5e4, quantiles={0.5: 4e4})
    points = np.ma.array([0.5, 0.9], mask=[False, True])
    np.testing.assert_array_equal(np.isnan(pay.ppf(points)), [False, True])
    np.testing.assert_array_equal(
        np.isnan(wf.fit_many(mean=[5e4], quantiles={0.5: [4e4]}).ppf(points)), [[False, True]]
    )


def test_masked_counts_of_brackets_are_refused() -> None:
    with pytest.raises(wf.FactError, match=r"counts\[1\] is nan; expected a finite number"):
        wf.fit_brackets([0, 2e4, 4e4, 9e4], np.ma.array([5, 9, 3], mask=[False, True, False]))


def test_text_is_read_by_the_fits_of_one_cell() -> None:
    plain = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}, employment=208_650, lower=15_080)
    figures: dict[str, Any] = {"mean": "$44,010", "quantiles": {0.1: "26,550", 0.9: "66260"}, "lower": "$15,080"}
    assert wf.fit(**figures, employment="208,650") == plain  # type: ignore[arg-type]
    counts: Any = ["1,200", "300"]
    brackets = wf.fit_brackets(*(["0", "25,000", "50,000"], counts, "$24,000"))  # type: ignore[arg-type]
    assert brackets == wf.fit_brackets([0, 25_000, 50_000], [1_200, 300], 24_000)


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (np.ma.array(["a", "b"], mask=[False, True]), r"by\[1\] is missing"),
        (np.ma.array([1, 2], mask=[False, True]), r"by\[1\] is missing"),
        (["a", None], r"by\[1\] is missing"),
        ([1.0, np.nan], r"by\[1\] is missing"),
        (pd.Series(["a", None], dtype="string"), r"by\[1\] is missing"),
        (np.array(["a", 2], dtype=object), "by mixes labels of different types"),
    ],
)
def test_groups_need_labels(by: Any, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.fit_many(mean=[5e4, 6e4], quantiles=QUANTILES).mixture(by=by)


def test_infinite_weights_are_refused() -> None:
    with pytest.raises(wf.FactError, match=r"weights\[1\] is inf; expected a finite number"):
        wf.fit_many(mean=[5e4, 6e4], quantiles=QUANTILES).mixture(weights=[1.0, np.inf])


@pytest.mark.parametrize("kind", ["numpy_nullable", "pyarrow"])
@pytest.mark.parametrize("as_text", [False, True])
def test_tables_of_nullable_columns_are_fitted(kind: Any, as_text: bool) -> None:
    """Tidy names and printed ones, figures as numbers and as text; the oracle is the table of floats."""
    plain = pd.DataFrame(
        {
            "mean": [45_970, 83_410, None],
            "p10": [27_040, 62_400, None],
            "p50": [43_680, 81_120, 30_000],
            "p90": [68_640, 114_400, None],
            "employment": [100, None, 20],
        }
    )
    printed = {"mean": "A_MEAN", "p10": "A_PCT10", "p50": "A_MEDIAN", "p90": "A_PCT90", "employment": "TOT_EMP"}
    written = plain.map(lambda x: None if np.isnan(x) else f"{x:,.0f}") if as_text else plain
    for names in ({}, printed):
        table = written.rename(columns=names).convert_dtypes(dtype_backend=kind)
        assert wf.fit_table(table) == wf.fit_table(plain)


def test_columns_of_one_name_are_refused() -> None:
    twice = "two columns are named 'p50'"
    columns = ["mean", "p50", "p50"]
    with pytest.raises(wf.FactError, match=twice):
        wf.fit_table(pd.DataFrame([[3.0, 1.0, 2.0]], columns=columns))
    with pytest.raises(wf.FactError, match=twice):
        wf.fit_table(pa.table([[3.0], [1.0], [2.0]], names=columns))
    with pytest.raises(wf.FactError, match="the columns 'A_PCT10' and 'a_wpct10' both hold p10"):
        wf.fit_table(pd.DataFrame({"A_PCT10": [1], "a_wpct10": [2], "A_MEDIAN": [3]}))


@pytest.mark.parametrize("cell", ["44.010,50", "44_010", "abc", "1,0", True])
def test_cells_that_are_no_figures_are_refused(cell: Any) -> None:
    table = pd.DataFrame({"A_MEAN": [cell], "A_PCT10": [26_550], "A_MEDIAN": [40_350]})
    with pytest.raises(wf.FactError, match=rf"mean is '{cell}' in a row; expected a number such as 44,010 or a mark"):
        wf.fit_table(table)


# -- occupations with one kind of figures ------------------------------------------------------------------------------

PARTLY = pd.DataFrame(
    {
        "OCC_TITLE": ["Actors", "Teachers", "Nurses", "None"],
        "A_MEAN": ["*", "62,870", "75,510", "*"],
        "A_PCT10": ["*", "39,080", "52,080", "*"],
        "A_MEDIAN": ["*", "60,320", "73,300", "*"],
        "A_PCT90": ["*", "96,290", "106,530", "*"],
        "H_MEAN": ["29.34", "*", "36.30", "*"],
        "H_PCT10": ["9.05", "*", "25.04", "*"],
        "H_MEDIAN": ["17.54", "*", "35.24", "*"],
        "H_PCT90": ["#", "*", "51.00", "*"],
        "HOURLY": ["TRUE", "", "", ""],
        "ANNUAL": ["", "TRUE", "", ""],
    }
)


def test_cells_are_fitted_in_the_unit_they_are_published_in() -> None:
    annual = wf.fit_table(PARTLY, release=2018)
    hourly = wf.fit_table(PARTLY, release=2018, unit="USD/hour")
    assert (annual.unit, hourly.unit) == ("USD/year", "USD/hour")
    assert annual.status.tolist() == ["suppressed", "exact", "exact", "suppressed"]
    assert hourly.status.tolist() == ["exact", "suppressed", "exact", "suppressed"]
    bounds = {"quantiles": {0.1: 9.05, 0.5: 17.54}, "at_least": {0.9: 100}}  # printed in the file's notes: $100.00
    assert hourly[0] == wf.fit(mean=29.34, **bounds, unit="USD/hour")


def test_a_table_of_hourly_figures_says_which_unit_it_has() -> None:
    table = PARTLY.filter(like="H_")
    with pytest.raises(wf.FactError, match="no percentiles in USD/year; expected them, or unit='USD/hour'"):
        wf.fit_table(table, release=2018)
    assert wf.fit_table(table, release=2018, unit="USD/hour").counts() == {"exact": 2, "suppressed": 2}
    with pytest.raises(wf.FactError, match="unit is 'USD/week'; expected one of 'USD/year', 'USD/hour'"):
        wf.fit_table(table, unit="USD/week")
