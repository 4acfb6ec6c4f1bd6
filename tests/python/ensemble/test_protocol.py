"""Ensembles of cells and of mixtures can do what a distribution can, row by row."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.distributions.protocol import ONLY_SINGLE, DistributionMethods
from wagefit.ensemble import MixtureEnsemble, RowEnsemble

from ..cells import PERCENTILES
from ..row_kinds import SCALED, assert_rows, fitted, labels, tolerance

POINTS: dict[str, list[float]] = {
    **{name: [30_000.0, 40_350.0, 51_040.0, 60_000.0] for name in ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf")},
    **{name: [0.0, 0.01, 0.3, 0.9, 1.0] for name in ("ppf", "isf", "lorenz", "top_share")},
    "moment": [-1.0, 0.5, 2.0],
    "atkinson": [0.0, 1.0, 2.0],
}

SUMMARIES: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("mean", "median", "var", "std", "gini", "theil", "palma", "expect", "support", "interval"), ()),
    "mean_between": (0.1, 0.4),
    "quantile_ratio": (0.9, 0.1),
}

ELSEWHERE = {"rvs", "credible", "posterior_draws", "atoms", "diagnostics", "status", "unit", "to_frame"}

TRANSFORMATIONS: dict[str, tuple[Any, ...]] = {
    "scale": (1.25,),
    "truncate": (25_000.0, 80_000.0),
    "with_pareto_tail": (0.95, 0.2),
    "to_hourly": (),
    "to_annual": (),
}


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


@pytest.mark.parametrize("kind", [wf.Ensemble, MixtureEnsemble, RowEnsemble])
def test_many_can_do_what_one_can(kind: type) -> None:
    """Every public method and property, but those of which a single distribution alone can speak."""
    assert public(wf.Distribution) - set(ONLY_SINGLE) <= public(kind)


def test_protocol_names_all_of_it() -> None:
    """The protocol, the methods of a distribution for many, and those tested here are the same."""
    assert public(DistributionMethods) == public(wf.Distribution) - set(ONLY_SINGLE)
    assert public(DistributionMethods) == {*POINTS, *SUMMARIES, *TRANSFORMATIONS} | ELSEWHERE


@pytest.mark.parametrize("kind", [wf.Ensemble, MixtureEnsemble, RowEnsemble])
@pytest.mark.parametrize("method", sorted({*POINTS, *SUMMARIES, *TRANSFORMATIONS} | ELSEWHERE))
def test_arguments_are_the_same(kind: type, method: str) -> None:
    """Names, order, defaults and kinds of the parameters."""
    one, other = getattr(wf.Distribution, method), getattr(kind, method)
    if isinstance(one, property):
        assert isinstance(other, property)
        return
    shown = [
        [(p.name, p.default, p.kind) for p in inspect.signature(function).parameters.values()]
        for function in (one, other)
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("method", POINTS)
def test_points_have_three_shapes(many: Any, method: str) -> None:
    """() gives (N,), (k,) gives (N, k), (N, k) is row by row."""
    call, points, rel = getattr(many, method), np.array(POINTS[method]), tolerance(many, method)
    if many.unit == "USD/hour" and points.max() > 10:
        points = points / 2_080
    table = call(points)
    assert table.shape == (len(many), len(points))
    assert_rows(many, table, lambda row: getattr(row, method)(points), rel)
    np.testing.assert_array_equal(call(float(points[0])), table[:, 0])
    rows = np.tile(points[::-1], (len(many), 1))
    np.testing.assert_array_equal(call(rows), table[:, ::-1])
    with pytest.raises(wf.FactError, match=r"has shape .*; expected a scalar"):
        call(np.ones((len(many) + 1, 2)))


@pytest.mark.parametrize("method", SUMMARIES)
def test_summaries_have_a_number_a_row(many: Any, method: str) -> None:
    found = getattr(many, method)(*SUMMARIES[method])
    pairs = found if isinstance(found, tuple) else (found,)
    assert all(values.shape == (len(many),) for values in pairs)
    assert_rows(
        many,
        np.array(pairs).T,
        lambda row: np.atleast_1d(getattr(row, method)(*SUMMARIES[method])),
        tolerance(many, method),
    )


def test_expectations_call_the_function_on_each_row(many: Any) -> None:
    """Of wages of the same nodes, so that results have the same bits."""
    assert_rows(many, many.expect(np.log), lambda row: row.expect(np.log), 0.0)
    assert_rows(many, many.expect(lambda _: 1.0), lambda row: row.expect(lambda _: 1.0), 0.0)


def test_atoms_status_and_diagnostics_are_the_rows(many: Any) -> None:
    rows = list(many.rows())
    assert many.atoms() == [[] if row is None else row.atoms() for row in rows]
    assert many.diagnostics == [None if row is None else row.diagnostics for row in rows]
    assert many.is_fitted.tolist() == [row is not None for row in rows]
    assert sum(many.counts().values()) == len(many) == len(many.status)
    assert {row.unit for row in rows if row is not None} == {many.unit}


def test_rows_are_found_by_index_or_label(many: Any) -> None:
    for label, row in zip(labels(many), many.rows(), strict=True):
        if row is None:
            with pytest.raises(wf.FactError):
                many[label]
        else:
            assert many[label] == row


def test_parts_are_of_the_same_kind(many: Any) -> None:
    rows, names = np.array([1, 0]), np.array(labels(many))
    for key, positions in ((slice(1, None), slice(1, None)), (many.is_fitted, many.is_fitted), (names[rows], rows)):
        part = many[key]
        assert type(part) is type(many)
        assert part.unit == many.unit
        np.testing.assert_array_equal(part.median(), many.median()[positions])


@pytest.mark.parametrize("method", TRANSFORMATIONS)
def test_transformations_are_those_of_each_row(many: Any, method: str) -> None:
    arguments = TRANSFORMATIONS[method]
    if many.unit == "USD/hour":
        arguments = tuple(x / 2_080 for x in arguments) if method == "truncate" else arguments
    if (method, many.unit) in (("to_hourly", "USD/hour"), ("to_annual", "USD/year")):
        with pytest.raises(wf.FactError, match=f"unit is '{many.unit}'"):
            getattr(many, method)()
        return
    made = getattr(many, method)(*arguments)
    assert len(made) == len(many)
    for row, before in zip(made.rows(), many.rows(), strict=True):
        if before is None or row is None:
            assert row is before is None
            continue
        expected = getattr(before, method)(*arguments)
        assert (row.unit, row.name) == (expected.unit, expected.name)
        np.testing.assert_allclose(row.ppf(PERCENTILES), expected.ppf(PERCENTILES), rtol=SCALED)
        np.testing.assert_allclose(row.mean(), expected.mean(), rtol=SCALED)


def test_rows_that_cannot_be_transformed_become_missing() -> None:
    """Nothing lies between in one row; the others stay. If it is so in every row, the reason is an error."""
    low = wf.fit(mean=20_000, quantiles={0.5: 19_000}, upper=30_000)
    pair = RowEnsemble([low, fitted()[0]])
    assert pair.truncate(lower=40_000).status.tolist() == ["missing", "derived"]
    with pytest.raises(wf.FactError):
        pair.truncate(lower=50_000, upper=40_000)
    with pytest.raises(wf.FactError, match="k is -1"):
        pair.scale(-1)
