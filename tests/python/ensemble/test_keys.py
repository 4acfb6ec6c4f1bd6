"""Cells by the codes, titles and labels of the table that they come from."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf

TABLE = pd.DataFrame(
    {
        "year": [2025, 2025, 2025, 2018, 2018],
        "area": ["NJ", "NY", "NJ", "US", "US"],
        "occupation": ["29-1141", "29-1141", "47-2111", "29-2071", "29-2071"],
        "occupation_title": ["Registered Nurses", "Registered Nurses", "Electricians", "Technicians", None],
        "occupation_group": ["detailed", "detailed", "detailed", "detailed", "broad"],
        "p10": [83_060.0, 70_000.0, 48_570.0, 26_550.0, 26_550.0],
        "p50": [106_500.0, 104_000.0, 77_250.0, 40_350.0, 40_350.0],
        "p90": [135_170.0, 139_000.0, 130_860.0, 66_260.0, 66_260.0],
        "my label": [1, 2, 3, 4, 5],
    }
)
FORMS: dict[str, Any] = {
    "pandas": TABLE,
    "polars": pl.from_pandas(TABLE),
    "pyarrow": pl.from_pandas(TABLE).to_arrow(),
}
KEYS = ["year", "area", "occupation", "occupation_title", "occupation_group", "my label"]


@pytest.fixture(params=FORMS)
def cells(request: pytest.FixtureRequest) -> wf.Ensemble:
    return wf.fit_table(FORMS[request.param])


def test_a_text_is_the_code_or_title_of_one_cell(cells: wf.Ensemble) -> None:
    assert cells["47-2111"] == cells["Electricians"] == cells[2]
    assert cells["NY"] == cells[1]


def test_the_detailed_one_of_two_alike(cells: wf.Ensemble) -> None:
    assert cells["29-2071"] == cells[3]


def test_several_cells_are_selected(cells: wf.Ensemble) -> None:
    jersey = cells.select(area="NJ")
    assert len(jersey) == 2
    np.testing.assert_array_equal(jersey.median(), cells.median()[[0, 2]])
    assert jersey["29-1141"] == cells[0]
    assert len(cells.select(area=["NJ", "NY"], occupation="29-1141")) == 2
    assert cells.select(**{"my label": 4})[0] == cells[3]
    assert cells.scale(2.0).select(year=2018).keys.column("my label").tolist() == [4, 5]


@pytest.mark.parametrize("form", [np.array, pd.Series, pd.Index, pl.Series, set, tuple])
def test_several_values_come_in_any_form(cells: wf.Ensemble, form: Any) -> None:
    assert cells.select(area=form(["NJ", "NY"])) == cells[:3]
    assert cells.select(year=form([2018])) == cells[3:]
    with pytest.raises(wf.FactError, match=r"area is .*'PA'.* in no cell; expected a value of the column"):
        cells.select(area=form(["PA"]))


def test_dates_in_keys_are_shown_as_days() -> None:
    table = TABLE.assign(date=pd.to_datetime(["2018-05-01", None, "2018-05-01", "2018-05-01", "2018-05-01"]))
    days = wf.fit_table(table.assign(date=table["date"].astype("M8[ns]"))).to_frame("polars")["date"].to_list()
    assert days == ["2018-05-01", None, *["2018-05-01"] * 3]


def test_slices_and_copies_keep_their_keys(cells: wf.Ensemble) -> None:
    assert cells[::-1].keys.column("area").tolist() == TABLE["area"].tolist()[::-1]
    assert cells[1:][[2, 0]].keys.column("my label").tolist() == [4, 2]
    assert pickle.loads(pickle.dumps(cells))["NY"] == cells[1]


@pytest.mark.parametrize("library", FORMS)
def test_the_frame_has_the_keys_in_the_library_of_the_table(library: str) -> None:
    frame = wf.fit_table(FORMS[library]).to_frame()
    assert type(frame).__module__.startswith(library)
    table = frame if library == "pandas" else pd.DataFrame(frame.to_pandas())
    assert table.columns.tolist()[: len(KEYS) + 2] == [*KEYS, "status", "mean"]
    assert table["area"].tolist() == TABLE["area"].tolist()
    assert table["my label"].tolist() == [1, 2, 3, 4, 5]
    assert table["occupation_title"].isna().tolist() == [False] * 4 + [True]
    assert wf.fit_table(FORMS[library]).to_frame("polars").columns[: len(KEYS)] == KEYS


@pytest.mark.parametrize("library", FORMS)
def test_keys_called_like_columns_of_the_fit_keep_their_names_and_values(library: str) -> None:
    own = {"status": ["final", "draft", "final", "draft", None], "gini": list("ABCDE"), "std": [1, 2, 3, 4, 5]}
    table = pl.from_pandas(TABLE.drop(columns="my label")).with_columns(**{name: pl.Series(own[name]) for name in own})
    form = {"pandas": table.to_pandas, "polars": table.clone, "pyarrow": table.to_arrow}[library]()
    cells = wf.fit_table(form)
    frame = cells.to_frame("polars")
    assert {name: frame[name].to_list() for name in own} == own
    assert frame["fit_status"].to_list() == cells.status.tolist()
    np.testing.assert_array_equal(frame["fit_gini"], cells.gini())
    np.testing.assert_array_equal(frame["fit_std"], cells.std())
    assert frame.columns[len(KEYS) + 2 :][:4] == ["fit_status", "mean", "fit_std", "fit_gini"]
    assert cells.select(status="final") == cells[[0, 2]]


def test_keys_that_leave_no_name_for_a_column_of_the_fit_are_refused() -> None:
    cells = wf.fit_table(TABLE.assign(status="final", fit_status="exact"))
    with pytest.raises(wf.FactError, match="keys have the columns 'status' and 'fit_status'; expected one"):
        cells.to_frame()
    assert wf.fit_table(TABLE.assign(fit_status="mine")).to_frame()["fit_status"].tolist() == ["mine"] * 5


def test_printed_tables_have_their_keys_under_tidy_names() -> None:
    raw = pd.DataFrame({"OCC_CODE": ["29-2071"], "MY": ["a"], "A_PCT10": ["26,550"], "A_MEDIAN": [40_350]})
    cells = wf.fit_table(raw, release=2018)
    assert cells.to_frame().columns.tolist()[:3] == ["occupation", "MY", "status"]
    assert cells["29-2071"] == cells["a"] == cells[0]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("29-1141", r"occupation is '29-1141' in 2 cells; expected one, as in select\(occupation='29-1141', area=...,"),
        ("29-1142", "no cell is called '29-1142'; expected occupation a value of the column, such as 29-1141"),
    ],
)
def test_a_text_of_no_cell_or_several_is_refused(cells: wf.Ensemble, key: str, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        cells[key]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"area": "PA"}, "area is 'PA' in no cell; expected a value of the column, such as"),
        ({"state": "NJ"}, "'state' is no column of keys; expected one of year, area"),
        ({"area": "NY", "year": 2018}, "no cell has area 'NY' and year 2018"),
        ({}, "no cell has nothing"),
    ],
)
def test_a_selection_of_no_cell_is_refused(cells: wf.Ensemble, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        cells.select(**wanted)


def test_cells_of_no_table_have_no_keys() -> None:
    many = wf.fit_many(mean=[44_010], quantiles={0.5: [40_350]})
    with pytest.raises(wf.FactError, match="come from no table"):
        many.select(area="NJ")
    with pytest.raises(wf.FactError, match="no cell is called 'NJ'; expected a table with codes or titles"):
        many["NJ"]
