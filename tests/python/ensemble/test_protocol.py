"""One protocol: what a distribution can do, many can do, with the same arguments and a result a row."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.distributions.protocol import ONLY_SINGLE, DistributionMethods
from wagefit.ensemble import MixtureEnsemble, RowEnsemble

from ..cells import PERCENTILES

EPS = float(np.finfo(float).eps)
# Scaled cells are evaluated as k f(x / k) instead of from scaled knots: another rounding of the wage, which a steep
# curve passes on: d log f / d log x is up to 600 in the tails of the tied cell.
SCALED = 2_000 * EPS
# What the project promises of every fact, relative.
EXACT = 1e-10
# A difference of Lorenz shares beside a sum over the part: cancellation of at most a twentieth.
BETWEEN = 1e-12

MEANS = [44_010, 50_150, np.nan, 46_590]
QUANTILES = np.array(
    [
        (26_550, 32_070, 40_350, 52_730, 66_260),
        (43_870, 51_040, 51_040, 52_170, 53_080),  # an atom
        (np.nan,) * 5,  # nothing published
        (27_820, 33_760, 42_630, 56_000, 71_150),
    ]
)
MISSING = 2


def fitted(unit: str = "USD/year") -> wf.Ensemble:
    return wf.fit_many(mean=MEANS, quantiles=dict(zip(PERCENTILES, QUANTILES.T, strict=True)), unit=unit)


def grouped() -> MixtureEnsemble:
    groups = fitted().mixture(by=["a", "b", "c", "a"], weights=[3, 1, 1, 1])
    assert isinstance(groups, MixtureEnsemble)
    return groups


KINDS: dict[str, Callable[[], Any]] = {
    "ensemble": fitted,
    "scaled ensemble": lambda: fitted().scale(1.07),
    "hourly ensemble": lambda: fitted().to_hourly(),
    "mixtures": grouped,
    "truncated": lambda: fitted().truncate(20_000, 90_000),
    "tailed": lambda: fitted()[[0, 2, 3]].with_pareto_tail(0.9, 0.3),
    "rows": lambda: RowEnsemble([fitted()[0], None, wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")]),
}
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


def tolerance(many: Any, method: str) -> float:
    """Relative; 0 where the results have the same bits."""
    is_core = isinstance(many, wf.Ensemble)
    if is_core and method == "mean_between":
        return BETWEEN
    is_as_fitted = many.mean()[0] == pytest.approx(MEANS[0], rel=EXACT)
    return 0.0 if is_as_fitted or not is_core else SCALED


def labels(many: Any) -> list[Any]:
    return list(many.keys) if isinstance(many, MixtureEnsemble) else list(range(len(many)))


def assert_rows(many: Any, found: Any, expected: Callable[[wf.Distribution], Any], rel: float) -> None:
    """Row i of `found` is what distribution i gives; NaN where there is none."""
    assert len(found) == len(many)
    for result, row in zip(found, many.rows(), strict=True):
        if row is None:
            assert np.isnan(result).all()
        else:
            np.testing.assert_allclose(result, expected(row), rtol=rel, atol=0.0)


@pytest.fixture(scope="module", params=KINDS)
def many(request: pytest.FixtureRequest) -> Any:
    return KINDS[request.param]()


# -- no holes --------------------------------------------------------------------------------------------------------


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


# -- each row is its distribution ------------------------------------------------------------------------------------


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
    for key in (slice(1, None), many.is_fitted, np.array([1, 0])):
        part = many[key]
        assert type(part) is type(many)
        assert part.unit == many.unit
        np.testing.assert_array_equal(part.median(), many.median()[key])


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


# -- draws and uncertainty -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [None, 0, 3, (2, 3)])
def test_draws_have_the_shape_asked_for(many: Any, size: Any) -> None:
    shape = () if size is None else size if isinstance(size, tuple) else (size,)
    draws = many.rvs(size, rng=5)
    assert draws.shape == (len(many), *shape)
    np.testing.assert_array_equal(draws, many.rvs(size, random_state=5, n_threads=2))
    assert np.isnan(draws[~many.is_fitted]).all()


def test_one_row_draws_what_its_distribution_draws(many: Any) -> None:
    """The one rule of seeds: row 0 draws as its distribution alone, the other rows have streams of their own."""
    rel = tolerance(many, "rvs")
    for i, label in enumerate(labels(many)):
        if many.row(i) is not None:
            alone = many[i : i + 1].rvs(50, rng=8)
            np.testing.assert_allclose(alone[0], many[label].rvs(50, rng=8), rtol=rel)
    np.testing.assert_allclose(many.rvs(50, rng=8)[0], many[labels(many)[0]].rvs(50, rng=8), rtol=rel)


def test_rows_draw_independently() -> None:
    """Correlation of the ranks of 20,000 draws of two rows of one distribution: four standard errors."""
    pay, n = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}), 20_000
    cells = wf.fit_many(mean=[44_010] * 3, quantiles={0.1: [26_550] * 3, 0.9: [66_260] * 3})
    for draws in (cells.rvs(n, rng=1), RowEnsemble([pay] * 3).rvs(n, rng=1)):
        ranks = np.corrcoef(pay.cdf(draws))
        assert np.abs(ranks[np.triu_indices(3, 1)]).max() < 4 / np.sqrt(n)
    np.testing.assert_array_equal(cells.rvs(9, rng=1), RowEnsemble([pay] * 3).rvs(9, rng=1))


@pytest.mark.parametrize(("functional", "args"), [("ppf", (0.99,)), ("gini", ()), ("ppf", ([0.05, 0.95],))])
def test_credible_intervals_are_those_of_each_row(functional: str, args: tuple[Any, ...]) -> None:
    """By name, and by a function of a distribution."""
    for cells in (fitted(), grouped(), fitted().truncate(20_000, 90_000)):
        ends = cells.credible(functional, *args, level=0.8, draws=20, rng=2)
        called = cells.credible(lambda pay: getattr(pay, functional)(*args), level=0.8, draws=20, rng=2)
        for found, same, end in zip(ends, called, (0, 1), strict=True):
            np.testing.assert_array_equal(found, same)
            assert found.shape == (len(cells), *np.shape(args[0] if args else 0.0))
            assert_rows(
                cells,
                found,
                lambda row, end=end: row.credible(functional, *args, level=0.8, draws=20, rng=2)[end],
                0.0,
            )


def test_a_generator_moves_on_and_is_asked_once() -> None:
    """All rows of one call take one key; another call takes another."""
    rng = np.random.default_rng(3)
    first, second = (fitted().credible("gini", draws=10, rng=rng)[0] for _ in range(2))
    np.testing.assert_array_equal(first, fitted().credible("gini", draws=10, rng=3)[0])
    assert (first[0], first[3]) != (second[0], second[3])


def test_unknown_functionals_and_unknown_uncertainty() -> None:
    with pytest.raises(wf.FactError, match="functional is 'median_wage'"):
        fitted().credible("median_wage")
    rows = KINDS["rows"]()
    low, high = rows.credible("gini", draws=5)
    assert (np.isnan(low) == [False, True, True]).all()  # nothing says how uncertain the lognormal is
    assert low[0] <= rows.gini()[0] <= high[0] or low[0] < high[0]


def test_posterior_draws_are_ensembles_whose_first_row_is_its_distributions() -> None:
    for cells in (fitted(), grouped()):
        draws = cells.posterior_draws(3, rng=4)
        assert [len(drawn) for drawn in draws] == [len(cells)] * 3
        first = next(cells.rows())
        assert [next(drawn.rows()) for drawn in draws] == first.posterior_draws(3, rng=4)
        assert np.isnan(draws[0].mean()[MISSING])
    twice = wf.fit_many(mean=[44_010] * 2, quantiles={0.1: [26_550] * 2, 0.9: [66_260] * 2}).posterior_draws(2)
    assert twice[0].row(0) != twice[0].row(1)
    assert isinstance(grouped().posterior_draws(1)[0], MixtureEnsemble)


# -- tables, files, copies -------------------------------------------------------------------------------------------


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
