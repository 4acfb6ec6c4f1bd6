"""Some thousand outputs of every room, the same in every run, for a comparison with stored ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import wagefit as wf

from .numerics.test_instruction_sets import published

P = np.array([0.001, 0.05, 0.3, 0.5, 0.75, 0.95, 0.999])
WAGES = np.array([12_000.0, 26_550.0, 44_010.0, 90_000.0, 250_000.0])
TECHNICIANS = {"mean": 44_010, "quantiles": {0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260}}
EDGES, COUNTS = [0, 20_000, 35_000, 50_000, 100_000, np.inf], [12, 40, 31, 14, 3]
FAMILIES = ("lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2")


def answers(pay: Any) -> np.ndarray:
    """What is asked of a distribution, or of many."""
    parts = [pay.ppf(P), pay.cdf(WAGES), pay.pdf(WAGES), pay.lorenz(P)]
    rows = [np.atleast_2d(part) for part in parts]
    whole = [np.atleast_1d(value)[:, None] for value in (pay.mean(), pay.std(), pay.gini())]
    return np.hstack([*rows, *whole]).ravel()


def kernel_outputs() -> Iterator[tuple[str, np.ndarray]]:
    """Outputs that the kernels compute with their own elementary functions."""
    cells = wf.fit_many(**published(60))
    yield "cells", np.hstack([cells.ppf(P), cells.cdf(WAGES), cells.mean()[:, None]]).ravel()
    yield "draws", cells.rvs(10, rng=1)[:20].ravel()


def other_outputs() -> Iterator[tuple[str, np.ndarray]]:
    """Outputs that pass through exp, log and pow of the platform's library."""
    yield "many", answers(wf.fit_many(**published(40)))
    technicians = wf.fit(**TECHNICIANS)
    yield "technicians", answers(technicians)
    yield "bounds", answers(wf.fit(quantiles={0.1: 80_000, 0.5: 150_000}, at_least={0.75: 208_000}))
    yield "mixture", answers(wf.mixture([technicians, technicians.scale(1.7)], [0.7, 0.3]))
    yield "brackets", answers(wf.fit_brackets(EDGES, COUNTS))
    yield "gap", answers(wf.fit_brackets(EDGES, [12, 40, 0, 14, 3], mean=41_000))
    for family in FAMILIES:
        yield f"{family} through brackets", answers(wf.fit_brackets(EDGES, COUNTS, family=family))
    model = wf.SalaryModel.health_information()
    person = model.profile(experience=8, education="associate", credential="RHIT", state="NJ")
    yield "person", answers(person.pay)
    yield "interval", np.array(technicians.credible("ppf", 0.99))
