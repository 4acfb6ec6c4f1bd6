"""Distributions are equal if they are of the same kind with the same parameters in the same unit."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np
import pytest

import wagefit as wf
from wagefit.distributions.identity import identity

from ..cells import CELLS, NEWS_PAIR, TECHNICIANS

FAMILIES = ("curve", "lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2")


def person() -> wf.Distribution:
    return wf.SalaryModel.health_information().profile(experience=8, state="NJ").pay


MAKE: dict[str, Callable[[], wf.Distribution]] = {
    **{name: lambda name=name: wf.fit(**CELLS[name]) for name in CELLS},
    **{name: lambda name=name: wf.fit(**TECHNICIANS, family=name) for name in FAMILIES[1:]},
    "two figures": lambda: wf.fit(**NEWS_PAIR, family="lognormal"),
    "scaled": lambda: wf.fit(**TECHNICIANS).scale(1.03),
    "hourly": lambda: wf.fit(**TECHNICIANS).to_hourly(),
    "truncated": lambda: wf.fit(**TECHNICIANS).truncate(20_000, 90_000),
    "tail": lambda: wf.fit(**TECHNICIANS).with_pareto_tail(0.9, 0.3),
    "mixture": lambda: wf.mixture([wf.fit(**TECHNICIANS), wf.fit(**NEWS_PAIR, family="lognormal")], [1, 2]),
    "brackets": lambda: wf.fit_brackets([0, 20_000, 40_000, 80_000, np.inf], [10, 30, 40, 20]),
    "a person": person,
    "a workforce": lambda: wf.SalaryModel.health_information().population(),
}


@pytest.mark.parametrize("name", MAKE)
def test_equal_fits_and_unpickled_copies_are_equal(name: str) -> None:
    pay, again = MAKE[name](), MAKE[name]()
    assert pay == again
    assert hash(pay) == hash(again)
    copy = pickle.loads(pickle.dumps(pay))
    assert copy == pay
    assert hash(copy) == hash(pay)
    assert len({pay, again, copy}) == 1


def test_others_are_not() -> None:
    made = [make() for make in MAKE.values()]
    names = list(MAKE)
    same = [
        (names[i], names[j])
        for i in range(len(made))
        for j in range(i)
        if made[i] == made[j] and identity(made[i].core) != identity(made[j].core)
    ]
    assert same == []
    pay = MAKE["curve" if "curve" in MAKE else next(iter(CELLS))]()
    assert pay != pay.scale(1.0 + 1e-15)
    assert pay != pay.to_hourly(hours=1)  # the same numbers in another unit
    assert pay != "pay"
    assert (pay == 3) is False


def test_facts_do_not_count() -> None:
    """Only what the distribution is: a median that the fit without it has already changes nothing but the facts."""
    first, second = wf.fit(**TECHNICIANS), wf.fit(**TECHNICIANS, employment=1_000)
    assert first.diagnostics != second.diagnostics
    assert first == second


def test_nan_equals_nan() -> None:
    assert identity([1.0, np.nan, np.array([np.nan, 2.0])]) == identity((1.0, float("nan"), np.array([np.nan, 2.0])))
    assert identity(np.array([1.0, 2.0])) != identity(np.array([[1.0, 2.0]]))


def test_cells_are_equal_to_their_fit() -> None:
    cells = wf.fit_many(mean=[TECHNICIANS["mean"]], quantiles={p: [q] for p, q in TECHNICIANS["quantiles"].items()})
    assert cells[0] == wf.fit(**TECHNICIANS)
