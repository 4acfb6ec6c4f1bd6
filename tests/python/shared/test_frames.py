"""Tables of every library come in as equal columns and go out as equal tables."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wagefit as wf
from wagefit import oews
from wagefit.shared.columns import complete_rows, level_codes
from wagefit.shared.frames import BACKENDS, columns_of, make_frame

LIBRARIES = {"polars": pl.DataFrame, "pyarrow": pa.table}
WITH_GAPS: dict[str, list[Any]] = {
    "count": [3, None, 5],
    "wage": [1.5, None, 2.5],
    "flag": [True, None, False],
    "text": ["a", None, "b"],
    "amount": [Decimal("1.5"), None, Decimal("2.5")],
    "day": [dt.date(2020, 1, 1), None, dt.date(2021, 1, 1)],
}
WITHOUT_GAPS = {name: [values[0], values[2]] for name, values in WITH_GAPS.items()}


@pytest.mark.parametrize("library", LIBRARIES)
def test_missing_values_are_seen_in_every_kind_of_column(library: str) -> None:
    columns = columns_of(LIBRARIES[library](WITH_GAPS))
    for name in WITH_GAPS:
        np.testing.assert_array_equal(complete_rows([columns[name]], 3), [True, False, True], err_msg=name)
    for name, expected in {"count": [3, 5], "wage": [1.5, 2.5], "flag": [1, 0], "amount": [1.5, 2.5]}.items():
        assert columns[name].dtype == float
        np.testing.assert_array_equal(columns[name][[0, 2]], expected)
    assert columns["text"].tolist() == ["a", None, "b"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_complete_columns_keep_their_kind(library: str) -> None:
    columns = columns_of(LIBRARIES[library](WITHOUT_GAPS))
    kinds = {name: column.dtype.kind for name, column in columns.items()}
    assert kinds == {"count": "i", "wage": "f", "flag": "b", "text": "O", "amount": "f", "day": "M"}


def test_columns_of_pandas_keep_the_order_of_their_categories() -> None:
    grade = pd.Categorical(["low", "high", "low"], categories=["low", "high"], ordered=True)
    column = columns_of(pd.DataFrame({"grade": grade}, index=[7, 8, 9]))["grade"]
    codes, labels = level_codes(column)
    assert (codes.tolist(), labels) == ([0, 1, 0], ("low", "high"))
    assert column.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_columns_come_back_from_the_tables_made_of_them(backend: str) -> None:
    frame = make_frame({"n": [1, 2], "x": [0.5, None], "s": ["a", "b"]}, {"n": int, "x": float, "s": str}, backend)
    columns = columns_of(frame)
    assert np.asarray(columns["n"]).tolist() == [1, 2]
    np.testing.assert_array_equal(np.asarray(columns["x"], dtype=float), [0.5, np.nan])
    assert np.asarray(columns["s"]).tolist() == ["a", "b"]


@pytest.mark.parametrize("frame", [[1, 2], "table.csv", None, pl.LazyFrame({"a": [1]})])
def test_what_is_no_table_is_refused(frame: Any) -> None:
    with pytest.raises(wf.FactError, match="expected a pandas, polars or pyarrow table"):
        columns_of(frame)


def test_first_installed_library_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "pandas")
    assert narwhals.from_native(oews.health_information()).implementation.value == "polars"


@pytest.mark.parametrize(("backend", "hint"), [(None, r"wagefit\[pandas\]"), ("polars", r"wagefit\[polars\]")])
def test_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch, backend: str | None, hint: str) -> None:
    hide(monkeypatch, *BACKENDS)
    with pytest.raises(ImportError, match=hint):
        oews.health_information(backend)


def test_unknown_library_is_an_error() -> None:
    with pytest.raises(wf.FactError, match="backend is 'spark'"):
        oews.health_information("spark")


def hide(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Let `modules` look as if they were not installed."""

    def find(name: str) -> Any:
        return None if name in modules else find_spec(name)

    monkeypatch.setattr(sys.modules["wagefit.shared.frames"], "find_spec", find)
