"""Rows in brackets: names one by one and in lists alike; slices and masks, in any form, by position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wagefit as wf

from ..row_kinds import KINDS

FORMS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "array": np.array,
    "pandas": pd.Series,
    "pandas with another index": lambda values: pd.Series(values, index=range(len(values), 0, -1)),
    "pandas objects": lambda values: pd.Series(values, dtype=object),
    "polars": pl.Series,
    "pyarrow": pa.array,
    "chunks of pyarrow": lambda values: pa.chunked_array([values[:1], values[1:]]),
}
DATES = pd.to_datetime(["2018-05-01", "2017-05-01", "2018-05-01"])


def three() -> wf.Ensemble:
    figures = {"mean": [44_010, 267_020, 46_590], "quantiles": {0.1: [26_550, 133_080, 27_820]}}
    return wf.fit_many(**figures)


@pytest.fixture(scope="module", params=KINDS)
def many(request: pytest.FixtureRequest) -> Any:
    return KINDS[request.param]()


@pytest.mark.parametrize("form", FORMS)
def test_a_mask_in_any_form_chooses_by_position(many: Any, form: str) -> None:
    mask = [i != 1 for i in range(len(many))]
    chosen = many[FORMS[form](mask)]
    assert type(chosen) is type(many)
    np.testing.assert_array_equal(chosen.mean(), many.mean()[np.array(mask)])


def test_nullable_flags_are_a_mask(many: Any) -> None:
    mask = pd.Series([i == 0 for i in range(len(many))], dtype="boolean")
    assert len(many[mask]) == 1
    with pytest.raises(IndexError, match="the mask is missing at row 1; expected True or False for each row"):
        many[mask.mask(pd.Series(np.arange(len(many)) == 1))]


def test_a_mask_of_another_length_is_refused(many: Any) -> None:
    with pytest.raises(IndexError, match=rf"the mask has 2 values; expected {len(many)}, one for each row"):
        many[pd.Series([True, False])]


def test_nothing_chooses_no_row(many: Any) -> None:
    assert len(many[[]]) == len(many[:0]) == len(many[np.zeros(len(many), dtype=bool)]) == 0


@pytest.mark.parametrize("form", FORMS)
def test_numbers_in_any_form_choose_cells(form: str) -> None:
    np.testing.assert_array_equal(three()[FORMS[form]([2, 0])].mean(), three().mean()[[2, 0]])
    rows = wf.ensemble.RowEnsemble(list(three().rows()))
    np.testing.assert_array_equal(rows[FORMS[form]([2, -3])].mean(), rows.mean()[[2, 0]])


def test_texts_choose_cells_one_by_one_and_in_lists() -> None:
    table = pd.DataFrame({"area": ["NJ", "NY", "PA"], "p10": [30_000, 31_000, 28_000], "p50": [50_000, 52_000, 47_000]})
    cells = wf.fit_table(table)
    assert cells[["PA", "NJ"]] == cells[[2, 0]]
    assert cells[pd.Series(["PA", "NJ"])] == cells[[2, 0]]
    assert cells[np.array(2)] == cells[np.int8(2)] == cells["PA"]
    with pytest.raises(wf.FactError, match="no cell is called 'MD'"):
        cells[["PA", "MD"]]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (True, "True is no cell; expected a number, a text of keys, or a slice, a mask or a list of them"),
        (np.True_, "True is no cell"),
        (None, "None is no cell"),
        (1.0, "1.0 is no cell"),
        ((0, 1), r"\(0, 1\) is no cell"),
        ([0.0, 1.0], r"\[0.0, 1.0\] are no cells"),
        ([[0, 1]], r"the key has shape \(1, 2\); expected one dimension"),
        (np.array([[0, 1]]), r"the key has shape \(1, 2\)"),
        ([[0, 1], [2]], "is no cell"),
    ],
)
def test_what_is_no_cell_is_refused(key: Any, message: str) -> None:
    with pytest.raises(IndexError, match=message):
        three()[key]


@pytest.mark.parametrize("key", [True, None, 1.0, "a", [True, None], ["a"], [0.5]])
def test_what_is_no_row_is_refused(key: Any) -> None:
    with pytest.raises(IndexError, match=r"no rows?; expected|the mask"):
        wf.ensemble.RowEnsemble(list(three().rows()))[key]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("by", [[3, 1, 2], ["c", "a", "b"], [3.5, 1.5, 2.5]], ids=str)
def test_labels_choose_groups_one_by_one_and_in_lists(by: list[Any], form: str) -> None:
    groups = three().mixture(by=by)
    chosen = groups[FORMS[form]([by[0], by[1]])]
    assert chosen.keys.tolist() == [by[0], by[1]]
    assert chosen[by[0]] == groups[by[0]]
    assert list(chosen.rows()) == [groups[by[0]], groups[by[1]]]
    assert groups[::-1].keys.tolist() == sorted(by, reverse=True)


def test_unknown_labels_are_refused_one_by_one_and_in_lists() -> None:
    groups = three().mixture(by=[3, 1, 2])
    for key in (0, [1, 0], True, [1.5], "1", None, (1, 2)):
        with pytest.raises(wf.FactError, match="is no group with a distribution; expected one of keys"):
            groups[key]


def test_a_group_without_a_distribution_stays_in_a_list() -> None:
    groups = wf.fit_many(mean=[44_010, np.nan], quantiles={0.1: [26_550, np.nan]}).mixture(by=["a", "b"])
    assert np.isnan(groups[["b", "a"]].mean()).tolist() == [True, False]
    with pytest.raises(wf.FactError, match="'b' is no group with a distribution"):
        groups["b"]


@pytest.mark.parametrize(
    ("by", "label", "shown"),
    [
        (DATES, DATES[0], "2018-05-01"),
        (DATES.to_numpy().astype("M8[ns]"), np.datetime64("2018-05-01"), "2018-05-01"),
        (pd.Series(DATES).dt.tz_localize("UTC"), DATES[0].tz_localize("UTC"), "2018-05-01 00:00:00+00:00"),
        (np.array([each.date() for each in DATES], dtype=object), dt.date(2018, 5, 1), "2018-05-01"),
        (pd.MultiIndex.from_tuples([("b", 1), ("a", 2), ("b", 1)]), ("b", 1), "('b', 1)"),
        (pd.Categorical(["b", "a", "b"]), "b", "b"),
        (np.array([2, 1, 2], dtype=object), 2, 2),
        ([2, 1, 2], 2, 2),
        ([True, False, True], True, True),
    ],
    ids=["dates", "nanoseconds", "zone", "days", "tuples", "categories", "objects", "numbers", "flags"],
)
def test_labels_of_any_type_name_their_groups(by: Any, label: Any, shown: Any) -> None:
    groups = three().mixture(by=by)
    first, second = groups
    assert groups[second] == groups[label]
    assert groups[first] != groups[label]
    assert groups.to_frame("pandas")["group"].tolist()[1] == shown
    assert groups.to_frame("polars")["group"].to_list()[1] == shown
    if shown is not True:  # flags in a list are a mask
        assert groups[[label]] == groups[1:]
    assert groups._repr_html_()
