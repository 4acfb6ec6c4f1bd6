"""Generalized least squares of published cells against a restricted likelihood written out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

import wagefit as wf


def made_up_cells(n: int = 240, between: float = 0.05, seed: int = 2) -> pd.DataFrame:
    """Cells of six sectors and four regions, of 20 to 20,000 people, with published errors."""
    rng = np.random.default_rng(seed)
    sector, region = rng.choice(list("abcdef"), n), rng.choice(["n", "s", "e", "w"], n)
    people = np.exp(rng.uniform(3.0, 10.0, n))
    rse = 100.0 * 0.6 / np.sqrt(people)
    logs = 10.5 + 0.1 * (sector == "b") + 0.05 * (region == "s")
    logs = logs + rng.normal(0.0, between, n) + rng.normal(0.0, rse / 100.0)
    return pd.DataFrame({"wage": np.exp(logs), "sector": sector, "region": region, "people": people, "rse": rse})


def columns_of(frame: pd.DataFrame) -> np.ndarray:
    """The equation's columns."""
    levels = [frame.sector == s for s in "bcdef"] + [frame.region == r for r in ("n", "s", "w")]
    return np.column_stack([np.ones(len(frame)), *levels]).astype(float)


def restricted(variances: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Minus twice the restricted log likelihood without constants, with the coefficients."""
    gram = (x / variances[:, None]).T @ x
    coefficients = np.linalg.solve(gram, x.T @ (y / variances))
    squares = ((y - x @ coefficients) ** 2 / variances).sum()
    value = np.log(variances).sum() + np.linalg.slogdet(gram)[1] + squares
    return float(value), coefficients


def kenward_roger(variances: np.ndarray, x: np.ndarray, derivatives: list[np.ndarray]) -> np.ndarray:
    """Covariance of coefficients whose variance function was estimated, by whole matrices (Kenward and Roger 1997)."""
    v = np.diag(1.0 / variances)
    inverse = np.linalg.inv(x.T @ v @ x)
    rest = v - v @ x @ inverse @ x.T @ v
    scaled = [rest * d for d in derivatives]  # columns by D_i
    information = np.array([[0.5 * np.trace(a @ b) for b in scaled] for a in scaled])
    moved = [d[:, None] * (v @ x @ inverse) for d in derivatives]
    spread = np.linalg.inv(information) if derivatives else np.zeros((0, 0))
    lost = sum(spread[i, j] * moved[i].T @ rest @ moved[j] for i in range(len(moved)) for j in range(len(moved)))
    return inverse + 2.0 * lost


FORMULA = "log(wage) ~ sector + region"


def check(fit: wf.estimation.CellEstimate, frame: pd.DataFrame, known: np.ndarray) -> np.ndarray:
    """Coefficients and errors are those of the estimated variances; returns columns and outcome's log."""
    x, y = columns_of(frame), np.log(frame.wage.to_numpy())
    variances = fit.between + fit.sampling * known
    np.testing.assert_allclose(fit.variances, variances, rtol=1e-8)  # the last scoring step's size
    _, coefficients = restricted(variances, x, y)
    free = [np.ones(len(x))] * (fit.between > 0.0) + [known] * (fit.sampling != 1.0)
    covariance = kenward_roger(variances, x, free)
    assert fit.coefficients.tolist() == pytest.approx(coefficients.tolist(), rel=1e-7, abs=1e-9)
    assert fit.errors.tolist() == pytest.approx(np.sqrt(np.diag(covariance)).tolist(), rel=1e-7)
    return x


def test_published_errors() -> None:
    """The variance between cells maximizes the restricted likelihood."""
    frame = made_up_cells()
    fit = wf.estimation.estimate_cells(frame, FORMULA, rse="rse")
    known = (frame.rse.to_numpy() / 100.0) ** 2
    x, y = check(fit, frame, known), np.log(frame.wage.to_numpy())
    assert fit.sampling == 1.0
    assert fit.parameters == len(fit.terms) + 1  # and the variance between cells
    found = minimize(lambda t: restricted(np.exp(t[0]) + known, x, y)[0], [np.log(1e-3)], method="BFGS")
    assert fit.between == pytest.approx(np.exp(found.x[0]), rel=1e-4)  # a flat top: root of the optimizer's 1e-8
    assert 0.04 < np.sqrt(fit.between) < 0.06


def test_a_variance_function_of_employment() -> None:
    """Both parts of the variance maximize the restricted likelihood, and are near what made the cells."""
    frame = made_up_cells(800)
    fit = wf.estimation.estimate_cells(frame, FORMULA, employment="people")
    known = 1.0 / frame.people.to_numpy()
    x, y = check(fit, frame, known), np.log(frame.wage.to_numpy())
    found = minimize(lambda t: restricted(np.exp(t[0]) + np.exp(t[1]) * known, x, y)[0], np.log([1e-3, 0.1]),
                     method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 2_000})  # fmt: skip
    assert [fit.between, fit.sampling] == pytest.approx(np.exp(found.x).tolist(), rel=1e-4)  # as above
    assert fit.sampling == pytest.approx(0.36, rel=0.3)  # 0.6 squared; its standard error is a tenth


def test_nothing_between_cells() -> None:
    """Cells that differ by sampling alone: the variance between them is zero, not negative."""
    frame = made_up_cells(between=0.0, seed=7)
    frame["rse"] *= 1.5
    fit = wf.estimation.estimate_cells(frame, FORMULA, rse="rse")
    assert fit.between == 0.0
    check(fit, frame, (frame.rse.to_numpy() / 100.0) ** 2)


def test_cells_of_one_size() -> None:
    """The two parts cannot be told apart; the coefficients are those of least squares."""
    frame = made_up_cells().assign(people=500.0)
    fit = wf.estimation.estimate_cells(frame, FORMULA, employment="people")
    plain = wf.estimate_factors(frame, FORMULA, covariance="classic")
    assert fit.coefficients.tolist() == pytest.approx(plain.coefficients.tolist(), rel=1e-9)
    assert fit.errors.tolist() == pytest.approx(plain.errors.tolist(), rel=1e-6)  # settled to 1e-10 of the variance


@pytest.mark.parametrize("seed", [15, 89, 132, 136])
def test_few_cells_settle_too(seed: int) -> None:
    """Samples on which undamped scoring jumps to and fro: the restricted likelihood is as high as a search finds it."""
    rng = np.random.default_rng([7, seed])
    people = np.round(400 * np.exp(0.8 * rng.standard_normal(70)))
    errors = rng.standard_normal(70) * np.sqrt(0.04**2 + 1.0 / people)
    frame = pd.DataFrame({"sector": np.arange(70) % 3, "people": people, "wage": np.exp(10.0 + errors)})
    fit = wf.estimation.estimate_cells(frame, "log(wage) ~ C(sector)", employment="people")
    x = np.column_stack([np.ones(70), frame.sector == 1, frame.sector == 2]).astype(float)
    y = np.log(frame.wage.to_numpy())
    start = np.log([0.04**2, 1.0])
    found = minimize(lambda t: restricted(np.exp(t[0]) + np.exp(t[1]) / people, x, y)[0], start, method="Nelder-Mead")
    assert restricted(fit.variances, x, y)[0] <= found.fun + 1e-6  # the search's own tolerance


def test_errors_name_what_is_wrong() -> None:
    """Neither or both, out of range."""
    frame = made_up_cells()
    for options in ({}, {"rse": "rse", "employment": "people"}):
        with pytest.raises(wf.FactError, match="expected either rse or employment"):
            wf.estimation.estimate_cells(frame, FORMULA, **options)
    with pytest.raises(wf.FactError, match="numbers of people above 0"):
        wf.estimation.estimate_cells(frame.assign(people=0.0), FORMULA, employment="people")
    with pytest.raises(wf.FactError, match="percentages of at least 0"):
        wf.estimation.estimate_cells(frame.assign(rse=np.nan), FORMULA, rse="rse")
