"""Quantile regression against linear programming, statsmodels and formulas."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import linprog

import wagefit as wf

from ..shared_data import shared_folder
from ..workers import made_up_workers

smf = pytest.importorskip("statsmodels.formula.api")

FORMULA = "log(wage) ~ education + experience + I(experience**2) + union + C(region)"


def columns_of(frame: pd.DataFrame) -> np.ndarray:
    """The equation's columns, written out by hand in the order of the coefficients."""
    indicators = [frame.region == "north", frame.region == "south", frame.union == "yes"]
    return np.column_stack([np.ones(len(frame)), frame.education, frame.experience, frame.experience**2,
                            indicators[2], indicators[0], indicators[1]]).astype(float)  # fmt: skip


def loss_of(residuals: np.ndarray, p: float) -> float:
    """Check loss."""
    return float((residuals * (p - (residuals < 0))).sum())


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_loss_is_the_linear_program_s(p: float) -> None:
    """The least check loss as a linear program."""
    frame = made_up_workers(150)
    x, y = columns_of(frame), np.log(frame.wage.to_numpy())
    n, k = x.shape
    cost = np.concatenate([np.zeros(k), np.full(n, p), np.full(n, 1.0 - p)])
    solved = linprog(cost, A_eq=np.hstack([x, np.eye(n), -np.eye(n)]), b_eq=y,
                     bounds=[(None, None)] * k + [(0, None)] * (2 * n), method="highs")  # fmt: skip
    fit = wf.estimate_quantiles(frame, FORMULA, p)
    assert fit.objective == pytest.approx(solved.fun, rel=1e-9)  # the program's own tolerance
    coefficients = dict(zip(fit.params, [*fit.params.values()], strict=True))
    assert len(coefficients) == k


def statsmodels_loss(frame: pd.DataFrame, formula: str, p: float) -> float:
    """Check loss that statsmodels reaches."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its iteration limit
        residuals = smf.quantreg(formula.replace("log(", "np.log("), frame).fit(q=p, max_iter=5_000).resid
    return loss_of(residuals.to_numpy(), p)


@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
def test_loss_is_no_higher_than_statsmodels(p: float) -> None:
    """On made-up people with continuous, and with heaped, wages."""
    frame = made_up_workers()
    for rows in (frame, frame.assign(wage=np.exp(np.round(np.log(frame.wage), 1)))):
        assert wf.estimate_quantiles(rows, FORMULA, p).objective <= statsmodels_loss(rows, FORMULA, p) * (1.0 + 1e-12)


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_loss_on_cps_1988(p: float) -> None:
    """28,155 people with heaped wages."""
    frame = pd.read_csv(shared_folder("microdata") / "CPS1988_AER.csv.gz")
    formula = "log(wage) ~ experience + I(experience**2) + education + ethnicity + region"
    assert wf.estimate_quantiles(frame, formula, p).objective <= statsmodels_loss(frame, formula, p)


def test_whole_weights_are_repeated_rows() -> None:
    """Weights multiply losses."""
    frame = made_up_workers(200)
    times = np.random.default_rng(3).integers(1, 4, 200)
    repeated = frame.loc[frame.index.repeat(times)].reset_index(drop=True)
    weighted = wf.estimate_quantiles(frame, FORMULA, 0.3, weights=times.astype(float))
    plain = wf.estimate_quantiles(repeated, FORMULA, 0.3)
    assert weighted.objective == pytest.approx(plain.objective, rel=1e-12)
    assert [*weighted.params.values()] == pytest.approx([*plain.params.values()], rel=1e-8)  # one vertex


def test_errors_are_powell_s_sandwich() -> None:
    """The formula in NumPy, with the bandwidth of Hall and Sheather on each person's scale."""
    frame = made_up_workers()
    p = 0.3
    fit = wf.estimate_quantiles(frame, FORMULA, p)
    x, y = columns_of(frame), np.log(frame.wage.to_numpy())
    order = ["Intercept", "education", "experience", "experience2", "union[T.yes]", "C(region)[T.north]",
             "C(region)[T.south]"]  # fmt: skip
    names = [name if "**" not in name else "experience2" for name in fit.params]
    coefficients = dict(zip(names, fit.params.values(), strict=True))
    residuals = y - x @ np.array([coefficients[name] for name in order])
    n, z = len(y), stats.norm.ppf(p)
    h = n ** (-1 / 3) * stats.norm.ppf(0.975) ** (2 / 3) * (1.5 * stats.norm.pdf(z) ** 2 / (2 * z**2 + 1)) ** (1 / 3)
    quartiles = np.quantile(residuals, [0.25, 0.75], method="lower")
    spread = min(residuals.std(ddof=1), np.diff(quartiles)[0] / 1.34)
    sizes = np.abs(residuals)
    own = np.maximum(x @ np.linalg.lstsq(x, sizes, rcond=None)[0] / sizes.mean(), 0.2)
    width = (stats.norm.ppf(p + h) - stats.norm.ppf(p - h)) * spread * own
    kernel = 0.75 * np.maximum(1.0 - (residuals / width) ** 2, 0.0) / width
    bread = np.linalg.inv((x * kernel[:, None]).T @ x)
    errors = np.sqrt(np.diag(p * (1 - p) * bread @ (x.T @ x) @ bread))
    bse = dict(zip(names, fit.bse.values(), strict=True))
    assert [bse[name] for name in order] == pytest.approx(errors.tolist(), rel=1e-8)  # an explicit inverse


def test_errors_are_right_on_average() -> None:
    """Spread of 200 estimates against the mean error."""
    fits = [wf.estimate_quantiles(made_up_workers(1_500, seed), "log(wage) ~ education", 0.5) for seed in range(200)]
    estimates = np.array([fit.params["education"] for fit in fits])
    errors = np.array([fit.bse["education"] for fit in fits])
    assert errors.mean() == pytest.approx(estimates.std(), rel=0.15)  # 200 draws: 5 % standard error, thrice


def test_several_probabilities_and_errors() -> None:
    """A mapping for a sequence; messages name what is wrong."""
    frame = made_up_workers()
    fits = wf.estimate_quantiles(frame, FORMULA, (0.2, 0.8))
    assert list(fits) == [0.2, 0.8]
    assert fits[0.8].params == wf.estimate_quantiles(frame, FORMULA, 0.8).params
    assert 0.0 < fits[0.2].rsquared < 1.0
    wrong: list[Any] = [1.0, [0.5, -1.0], []]
    for p in wrong:
        with pytest.raises(wf.FactError, match="expected probabilities strictly between"):
            wf.estimate_quantiles(frame, FORMULA, p)
    with pytest.raises(wf.FactError, match=r"I\(2 \* education\) is a linear combination"):
        wf.estimate_quantiles(frame, "log(wage) ~ education + I(2 * education)", 0.5)
