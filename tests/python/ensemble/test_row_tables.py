"""Tables, files, copies and equality of many distributions."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.ensemble import MixtureEnsemble, RowEnsemble

from ..cells import PERCENTILES
from ..row_kinds import KINDS, QUANTILES, fitted, grouped


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_tables_have_a_row_a_distribution(many: Any, backend: Any) -> None:
    frame = many.to_frame(backend)
    assert len(frame) == len(many)
    pay = fitted()[0].to_frame(backend)
    own = ["group", "coverage"] if isinstance(many, MixtureEnsemble) else []
    names = [getattr(table, "column_names", getattr(table, "columns", None)) for table in (frame, pay)]
    assert list(names[0]) == own + list(names[1])


def test_a_distributions_table_is_that_of_one_cell() -> None:
    cells = fitted()[:1]
    pd.testing.assert_frame_equal(cells[0].to_frame("pandas"), cells.to_frame("pandas"))


@pytest.mark.parametrize(
    "send", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"]
)
def test_copies_are_equal(many: Any, send: Any) -> None:
    again = send(many)
    assert again == many
    assert hash(again) == hash(many)
    assert repr(again) == repr(many)
    np.testing.assert_array_equal(again.ppf([0.1, 0.9]), many.ppf([0.1, 0.9]))


@pytest.mark.parametrize("kind", KINDS)
def test_equal_fits_are_equal(kind: str) -> None:
    first, second = KINDS[kind](), KINDS[kind]()
    assert first is not second
    assert first == second
    assert len({first, second}) == 1
    others = [KINDS[other]() for other in KINDS if other != kind]
    assert all(first != other for other in others)
    assert first != first[1:]
    assert first != "cells"


def test_equality_does_not_ask_how_cells_are_held() -> None:
    """A cell of a table that publishes other figures beside it is held apart, not as a row of the table."""
    more = {**dict(zip(PERCENTILES, QUANTILES[[0, 3]].T, strict=True)), 0.99: np.array([np.nan, 120_000.0])}
    apart = wf.fit_many(mean=[44_010, 46_590], quantiles=more)[:1]
    together = fitted()[:1]
    assert apart == together
    assert hash(apart) == hash(together)
    assert fitted(unit="EUR/year") != fitted()
    assert fitted()[[0, 3]] != fitted()[[3, 0]]


def test_scaled_cells_survive_a_file(tmp_path: Any) -> None:
    cells = fitted().to_hourly()
    cells.save(tmp_path / "cells.npz")
    assert wf.Ensemble.load(tmp_path / "cells.npz") == cells


def test_units_do_not_mix() -> None:
    with pytest.raises(wf.FactError, match="distributions mix the units USD/hour, USD/year"):
        RowEnsemble([fitted()[0], fitted()[0].to_hourly()])


def test_mixtures_tell_their_groups() -> None:
    groups = grouped()
    frame = groups.to_frame("pandas")
    assert frame["group"].tolist() == list(groups) == ["a", "b", "c"]
    assert frame["coverage"].tolist() == [1.0, 1.0, 0.0]
    assert list(groups.scale(2.0)) == ["a", "b", "c"]
