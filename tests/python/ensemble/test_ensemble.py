"""An ensemble: shapes, parts, cells, units, its printed form."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit import _core

from ..cells import PERCENTILES, TECHNICIANS
from ..many_cells import FIGURES, FITTED, METHODS, NAMES, NAN, POINTS, STATUSES, fit_all, fit_row


@pytest.mark.parametrize("method", METHODS)
def test_scalar_vector_and_matrix(cells: wf.Ensemble, method: str) -> None:
    """(), (k,) and (n_cells, k) give (n_cells,), (n_cells, k) and (n_cells, k), row by row."""
    call, points, n = getattr(cells, method), POINTS[method], len(cells)
    table = call(points)
    assert table.shape == (n, len(points))
    assert table.dtype == np.float64
    for j, point in enumerate(points):
        np.testing.assert_array_equal(call(float(point)), table[:, j])
        assert call(float(point)).shape == (n,)
    rows = np.random.default_rng(2).integers(0, len(points), (n, 3))
    np.testing.assert_array_equal(call(points[rows]), np.take_along_axis(table, rows, axis=1))
    np.testing.assert_array_equal(call(np.tile(points, (n, 1))), table)


@pytest.mark.parametrize(
    "points",
    [[], np.empty(0), np.array([0.5]), [1], np.array([0, 1]), np.repeat([0.1, 0.9], 2)[::2], np.array([0.9, 0.1])[::-1],
     pd.Series([0.1, 0.9], index=["a", "b"]), np.float32(0.5), np.array(0.5), np.array([0.1, 0.9], dtype=object)],
    ids=repr,
)  # fmt: skip
def test_points_come_in_any_form(cells: wf.Ensemble, points: Any) -> None:
    expected = cells.ppf(np.asarray(points, dtype=float))
    assert expected.shape == (len(cells), *np.shape(points))
    np.testing.assert_array_equal(cells.ppf(points), expected)
    for i in np.flatnonzero(FITTED):
        np.testing.assert_array_equal(expected[i], fit_row(i).ppf(np.asarray(points, dtype=float)))


def test_read_only_and_strided_matrices(cells: wf.Ensemble) -> None:
    matrix = np.linspace(0.01, 0.99, 2 * len(cells)).reshape(2, len(cells)).T
    assert not matrix.flags.c_contiguous
    matrix.setflags(write=False)
    np.testing.assert_array_equal(cells.ppf(matrix), cells.ppf(matrix.copy()))


@pytest.mark.parametrize("shape", [(3, 2), (len(FIGURES) + 1, 1), (1, len(FIGURES)), (len(FIGURES), 2, 2), (1, 1, 1)])
def test_other_shapes_are_refused(cells: wf.Ensemble, shape: tuple[int, ...]) -> None:
    with pytest.raises(wf.FactError, match=rf"p has shape .*expected a scalar, \(k,\) or \({len(cells)}, k\)"):
        cells.ppf(np.full(shape, 0.5))


@pytest.mark.parametrize("points", ["0.5", None, True, [True], ["a"], 0.5j, [[0.1], [0.1, 0.2]]], ids=repr)
@pytest.mark.parametrize("method", METHODS)
def test_points_must_be_numbers(cells: wf.Ensemble, method: str, points: Any) -> None:
    with pytest.raises(wf.FactError, match=r"is .*expected numbers"):
        getattr(cells, method)(points)


def test_probabilities_outside_give_nan(cells: wf.Ensemble) -> None:
    assert np.all(np.isnan(cells.ppf([-0.1, 1.1, NAN])))


@pytest.mark.parametrize(("p0", "p1"), [(0.5, 0.2), (0.5, 0.5), (-0.1, 0.5), (0.5, 1.1), (NAN, 0.5)])
def test_mean_between_needs_two_probabilities(cells: wf.Ensemble, p0: float, p1: float) -> None:
    with pytest.raises(wf.FactError, match=r"p0 is .* and p1 is .*expected 0 <= p0 < p1 <= 1"):
        cells.mean_between(p0, p1)


def test_no_cells_are_an_ensemble_too() -> None:
    cells = wf.fit_many(mean=[], quantiles={0.1: [], 0.9: np.empty(0)})
    assert len(cells) == 0
    assert cells.counts() == {}
    assert cells.status.shape == (0,)
    assert (cells.mean().shape, cells.ppf(0.5).shape, cells.ppf([0.1, 0.9]).shape) == ((0,), (0,), (0, 2))
    assert "0 cells" in repr(cells)


@pytest.mark.parametrize(
    "key",
    [
        slice(None),
        slice(2, 9),
        slice(None, None, -3),
        FITTED,
        FITTED.tolist(),
        [3, 0, 0],
        np.array([-1, 2]),
        slice(0, 0),
    ],
    ids=repr,
)
def test_parts_of_an_ensemble_are_ensembles(cells: wf.Ensemble, key: Any) -> None:
    part = cells[key]
    assert isinstance(part, wf.Ensemble)
    np.testing.assert_array_equal(part.ppf(PERCENTILES), cells.ppf(PERCENTILES)[key])
    np.testing.assert_array_equal(part.status, cells.status[key])
    assert len(part) == len(cells.status[key])
    assert part.unit == cells.unit


def test_one_cell_is_a_distribution(cells: wf.Ensemble) -> None:
    for key in (0, np.int64(0), -len(cells)):
        pay = cells[key]
        assert isinstance(pay, wf.Distribution)
        assert pay.diagnostics == wf.fit(**TECHNICIANS).diagnostics
        np.testing.assert_array_equal(pay.ppf(PERCENTILES), wf.fit(**TECHNICIANS).ppf(PERCENTILES))
    assert cells[FITTED][1].median() == cells[2].median()


@pytest.mark.parametrize("i", np.flatnonzero(~FITTED), ids=lambda i: NAMES[i])
def test_refused_cell_is_no_distribution(cells: wf.Ensemble, i: int) -> None:
    with pytest.raises(wf.FactError) as caught:
        cells[int(i)]
    meaning = _core.status_meaning(_core.Status[STATUSES[i]])
    assert [words for words in (f"cell {i}", repr(STATUSES[i]), meaning) if words not in str(caught.value)] == []


@pytest.mark.parametrize("key", [len(FIGURES), -len(FIGURES) - 1, 1.5, [True, False], [99]])
def test_wrong_indices_are_index_errors(cells: wf.Ensemble, key: Any) -> None:
    with pytest.raises(IndexError):
        cells[key]


def test_iteration_stops_at_the_end() -> None:
    complete = fit_all([0, 2, 15])
    assert [round(pay.mean()) for pay in complete] == [44_010, 50_150, 46_590]


def test_unit_reaches_the_cells() -> None:
    cells = wf.fit_many(mean=[21.16], quantiles={0.9: [30.68]}, unit="USD/hour")
    assert (cells.unit, cells[0].unit, cells[:1].unit) == ("USD/hour", "USD/hour", "USD/hour")


@pytest.mark.parametrize(
    "send", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"]
)
def test_copies_are_the_same_ensemble(cells: wf.Ensemble, send: Any) -> None:
    again = send(cells)
    np.testing.assert_array_equal(again.status, cells.status)
    for method in METHODS:
        np.testing.assert_array_equal(getattr(again, method)(POINTS[method]), getattr(cells, method)(POINTS[method]))
    assert again[4].diagnostics == cells[4].diagnostics
    assert repr(again) == repr(cells)
    np.testing.assert_array_equal(again[FITTED].gini(), cells[FITTED].gini())


def test_representation_counts_statuses(cells: wf.Ensemble) -> None:
    assert repr(cells).startswith(f"<Ensemble of {len(cells)} cells, USD/year: ")
    assert f"{STATUSES.count('infeasible')} infeasible" in repr(cells)


def test_every_status_of_the_core_has_a_name_and_a_meaning() -> None:
    assert [_core.status_name(status) for status in _core.Status] == [status.name for status in _core.Status]
    assert all(_core.status_meaning(status) for status in _core.Status)
