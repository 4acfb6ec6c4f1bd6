"""What a distribution takes and gives back: copies, shapes, kinds of arguments, its printed form."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import wagefit as wf

from ..cells import PERCENTILES, TECHNICIANS, fitted
from ..every_distribution import EVERY, SAME, get
from ..oracles import EPS
from ..strategies import FactSet, powers, wage_like

KINDS: dict[str, Callable[[], wf.Distribution]] = {
    "curve": lambda: fitted("technicians"),
    "tied": lambda: fitted("ties within"),
    "bounded": lambda: fitted("bounded"),
    "lognormal": lambda: get("lognormal"),
    "scaled": lambda: fitted("technicians").scale(1.03),
    "hourly": lambda: fitted("technicians").to_hourly(),
    "truncated": lambda: fitted("technicians").truncate(20_000, 90_000),
    "mixture": lambda: wf.mixture([fitted("technicians"), get("lognormal"), fitted("ties within")], [1, 2, 3]),
    "mixture of truncated": lambda: wf.mixture([fitted("technicians").truncate(20_000), fitted("bounded")]),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(
    "send", [lambda d: pickle.loads(pickle.dumps(d)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"]
)
def test_copies_are_the_same_distribution(make: Callable[[], wf.Distribution], send: Callable[[Any], Any]) -> None:
    pay = make()
    again = send(pay)
    p = np.linspace(0, 1, 101)
    np.testing.assert_array_equal(again.ppf(p), pay.ppf(p))
    np.testing.assert_array_equal(again.rvs(10, rng=1), pay.rvs(10, rng=1))
    assert (again.mean(), again.unit, again.name, again.support()) == (pay.mean(), pay.unit, pay.name, pay.support())
    assert again.diagnostics == pay.diagnostics
    assert repr(again) == repr(pay)


AT_WAGES = ("pdf", "logpdf", "cdf", "sf", "logcdf", "logsf")
AT_PROBABILITIES = ("ppf", "isf", "lorenz", "top_share")
AT_NUMBERS = ("moment", "atkinson")

ARGUMENT = {
    **dict.fromkeys(AT_WAGES, np.array([20_000.0, 40_350.0, 70_000.0, 41_000.0, 90_000.0, 30_000.0])),
    **dict.fromkeys(AT_PROBABILITIES, np.array([0.1, 0.5, 0.9, 0.2, 0.99, 0.01])),
    **dict.fromkeys(AT_NUMBERS, np.array([0.5, 1.0, 2.0, 3.0, 0.25, 1.5])),
}

SHAPES: dict[str, Callable[[np.ndarray], Any]] = {
    "list": lambda a: a.tolist(),
    "nested list": lambda a: a.reshape(2, 3).tolist(),
    "tuple": lambda a: tuple(a),
    "matrix": lambda a: a.reshape(3, 2),
    "three axes": lambda a: a.reshape(1, 3, 2),
    "transposed": lambda a: a.reshape(3, 2).T,
    "strided": lambda a: np.repeat(a, 3)[::3],
    "reversed": lambda a: a[::-1],
    "read-only": lambda a: _locked(a),
    "big-endian": lambda a: a.astype(">f8"),
    "object": lambda a: a.astype(object),
    "series": lambda a: pd.Series(a, index=list("abcdef")),
    "index": lambda a: pd.Index(a),
    "0-d": lambda a: np.array(a[0]),
    "numpy scalar": lambda a: a[0],
    "scalar": lambda a: float(a[0]),
    "empty": lambda a: a[:0],
    "empty list": lambda _: [],
    "empty matrix": lambda a: a[:0].reshape(0, 3),
}


def _locked(a: np.ndarray) -> np.ndarray:
    locked = a.copy()
    locked.setflags(write=False)
    return locked


@pytest.mark.parametrize("form", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("method", ARGUMENT)
def test_shape_in_is_shape_out(method: str, form: Callable[[np.ndarray], Any]) -> None:
    """And every element is what the scalar call gives."""
    call = getattr(fitted("technicians"), method)
    argument = form(ARGUMENT[method])
    result = call(argument)
    expected = [call(float(value)) for value in np.asarray(argument, dtype=float).ravel()]
    assert np.shape(result) == np.shape(argument)
    assert np.asarray(result).dtype == np.float64
    assert np.isscalar(result) == (np.ndim(argument) == 0)
    np.testing.assert_array_equal(np.ravel(result), expected)


@pytest.mark.parametrize("kind", [np.int16, np.int64, np.uint32])
def test_whole_wages_may_be_integers(kind: Any) -> None:
    pay, x = fitted("technicians"), np.array([20_000, 30_000])
    np.testing.assert_array_equal(pay.cdf(x.astype(kind)), pay.cdf(x.astype(float)))
    np.testing.assert_array_equal(pay.ppf(np.array([0, 1], dtype=kind)), [0, np.inf])


def test_float32_is_taken_at_its_value() -> None:
    pay, p = fitted("technicians"), np.array([0.1, 0.9], dtype=np.float32)
    np.testing.assert_array_equal(pay.ppf(p), pay.ppf(p.astype(float)))
    assert pay.ppf(p).dtype == np.float64


@pytest.mark.parametrize(
    "argument",
    ["0.5", b"0.5", None, True, [True, False], np.array([True]), 0.5j, [0.5, "a"], [None], [[0.1], [0.1, 0.2]], {},
     np.array([True, 0.5], dtype=object), np.array(["a"], dtype=object), np.datetime64("2018-05-01")],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("method", ARGUMENT)
def test_arguments_that_are_not_numbers_are_refused(method: str, argument: Any) -> None:
    with pytest.raises(wf.FactError, match=r"is .*expected numbers"):
        getattr(fitted("technicians"), method)(argument)


@pytest.mark.parametrize("name", ["technicians", "ties within", "bounded", "lognormal"])
def test_nan_in_is_nan_out(name: str) -> None:
    pay = get(name)
    for method in ARGUMENT:
        assert np.isnan(getattr(pay, method)(np.nan)), method
        assert list(np.isnan(getattr(pay, method)([ARGUMENT[method][0], np.nan]))) == [False, True], method


@pytest.mark.parametrize("name", ["technicians", "ties within", "bounded", "lognormal"])
def test_arguments_outside_their_range_give_nan(name: str) -> None:
    pay = get(name)
    for method in AT_PROBABILITIES:
        assert np.all(np.isnan(getattr(pay, method)([-0.1, 1.1, -np.inf, np.inf, -1e-300]))), method
    assert np.isnan(pay.atkinson(-0.5))
    assert np.all(np.isnan(pay.moment([np.inf, -np.inf])))


@pytest.mark.parametrize("name", EVERY)
def test_ends_of_the_scale_have_values(name: str) -> None:
    pay = get(name)
    lower, upper = pay.support()
    assert list(pay.ppf([0, 1])) == [lower, upper]
    assert list(pay.isf([0, 1])) == [upper, lower]
    assert list(pay.pdf([-1, -np.inf, np.inf])) == [0, 0, 0]
    assert list(pay.logpdf([-1, -np.inf, np.inf])) == [-np.inf] * 3
    assert pay.interval(1) == (lower, upper)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda d: d.mean_between(0.5, 0.2), "p0 is 0.5 and p1 is 0.2; expected p0 below p1"),
        (lambda d: d.mean_between(0.5, 0.5), "p0 is 0.5 and p1 is 0.5; expected p0 below p1"),
        (lambda d: d.mean_between(-0.1, 0.5), "p0 is -0.1; expected a probability"),
        (lambda d: d.mean_between(0.1, 1.5), "p1 is 1.5; expected a probability"),
        (lambda d: d.mean_between(0.1, np.nan), "p1 is nan; expected a probability"),
        (lambda d: d.mean_between([0.1], 0.5), r"p0 is \[0.1\]; expected one number"),
        (lambda d: d.mean_between("a", 0.5), "p0 is 'a'; expected one number"),
        (lambda d: d.interval(1.1), "level is 1.1; expected a probability"),
        (lambda d: d.interval(np.nan), "level is nan; expected a probability"),
        (lambda d: d.interval("90%"), "level is '90%'; expected one number"),
    ],
)  # fmt: skip
def test_single_probabilities_are_checked(call: Callable[[wf.Distribution], Any], words: str) -> None:
    with pytest.raises(wf.FactError, match=words):
        call(fitted("technicians"))


@pytest.mark.parametrize("name", EVERY)
def test_median_interval_and_ratio_are_quantiles(name: str) -> None:
    pay = get(name)
    assert pay.median() == pay.ppf(0.5)
    assert pay.interval(0.9) == pytest.approx((pay.ppf(0.05), pay.ppf(0.95)), rel=1e-12)
    assert pay.quantile_ratio(0.9, 0.1) == pytest.approx(pay.ppf(0.9) / pay.ppf(0.1), rel=2 * EPS)
    assert pay.mean_between(0, 1) == pytest.approx(pay.mean(), rel=SAME)


def test_fitted_percentiles_are_not_moved_by_a_bit() -> None:
    """The wages are knots of the curve: published figures come back as published."""
    pay = fitted("technicians")
    assert dict(zip(PERCENTILES, pay.ppf(PERCENTILES), strict=True)) == TECHNICIANS["quantiles"]


def test_distributions_show_themselves() -> None:
    pay = fitted("technicians")
    assert repr(pay) == "<curve: mean $44,010, P10 $26,550, median $40,350, P90 $66,260, USD/year>"
    assert "$12.76" in repr(pay.to_hourly())
    assert "<td style='text-align:right'>$44,010</td>" in pay._repr_html_()


@given(wage_like(), powers(-3, 3))
def test_summaries_of_random_wages_hang_together(facts: FactSet, k: float) -> None:
    """Bounds that hold for every distribution: mean of thirds, Gini against Theil and the coefficient of variation."""
    pay = wf.fit(**facts.arguments(k))
    thirds = [pay.mean_between(a / 3, (a + 1) / 3) for a in range(3)]
    assert thirds == sorted(thirds)
    assert sum(thirds) / 3 == pytest.approx(pay.mean(), rel=1e-12)
    variation = pay.std() / pay.mean()
    assert 0 < pay.gini() < 1
    assert pay.gini() <= variation / math.sqrt(3) + 1e-12  # equality for a uniform distribution
    assert 0 < pay.theil() <= math.log(1 + variation**2) + 1e-12  # Jensen
    assert pay.moment(2) == pytest.approx(pay.var() + pay.mean() ** 2, rel=1e-12)
