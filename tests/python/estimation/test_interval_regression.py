"""Bracketed wages by maximum likelihood against scipy's optimizer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import linprog, minimize

import wagefit as wf

from ..workers import made_up_workers

EDGES = np.array([0.0, 8.0, 12.0, 18.0, 26.0, 40.0, np.inf])
FORMULA = "~ education + experience + union"


def bracketed(n: int = 600, seed: int = 5) -> pd.DataFrame:
    """Made-up people who ticked a bracket, every tenth of whom gave a figure."""
    frame = made_up_workers(n, seed)
    place = np.searchsorted(EDGES, frame.wage.to_numpy(), side="right")
    frame["low"], frame["high"] = EDGES[place - 1], EDGES[place]
    known = frame.index % 10 == 0
    frame.loc[known, ["low", "high"]] = frame.loc[known, ["wage", "wage"]].to_numpy()
    return frame


def minus_log_likelihood(place: np.ndarray, x: np.ndarray, frame: pd.DataFrame, weights: np.ndarray) -> float:
    """By scipy's normal distribution, in coefficients and log sigma."""
    mean, sigma = x @ place[:-1], np.exp(place[-1])
    low, high = frame.low.to_numpy(), frame.high.to_numpy()
    exact = low == high
    with np.errstate(divide="ignore"):
        a, b = (np.log(low) - mean) / sigma, (np.log(high) - mean) / sigma
    inside = np.log(np.maximum(stats.norm.cdf(b) - stats.norm.cdf(a), 1e-300))
    return -float(weights @ np.where(exact, stats.norm.logpdf(a) - np.log(sigma), inside))


def columns_of(frame: pd.DataFrame) -> np.ndarray:
    """The equation's columns."""
    return np.column_stack(
        [np.ones(len(frame)), frame.education, frame.experience, frame.union == "yes"]
    ).astype(float)  # fmt: skip


def numerical_hessian(f: Any, at: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Central second differences."""
    k = len(at)
    hessian = np.empty((k, k))
    for i in range(k):
        for j in range(k):
            e, g = np.eye(k)[i] * step[i], np.eye(k)[j] * step[j]
            hessian[i, j] = (f(at + e + g) - f(at + e - g) - f(at - e + g) + f(at - e - g)) / (4 * step[i] * step[j])
    return hessian


@pytest.mark.parametrize("weighted", [False, True], ids=["equal", "weighted"])
def test_equals_the_optimizer(weighted: bool) -> None:
    """Coefficients, sigma, likelihood, and errors from numerical second derivatives."""
    frame = bracketed()
    weights = frame.weight.to_numpy() if weighted else np.ones(len(frame))
    options = {"lower": "low", "upper": "high", "weights": "weight" if weighted else None}
    fit = wf.estimate_bracketed(frame, FORMULA, covariance="hessian", **options)
    x, mass = columns_of(frame), weights / weights.mean()
    names = ["Intercept", "education", "experience", "union[T.yes]"]
    place = np.array([*(fit.params[name] for name in names), np.log(fit.residual_std)])

    def f(at: np.ndarray) -> float:
        return minus_log_likelihood(at, x, frame, mass)

    assert fit.objective == pytest.approx(-f(place), rel=1e-12)
    found = minimize(f, place + 0.01, method="BFGS", options={"gtol": 1e-6})
    assert f(place) <= found.fun + 1e-9
    step = 1e-4 * np.append(1.0 / np.sqrt((x**2).mean(axis=0)), 1.0)
    errors = np.sqrt(np.diag(np.linalg.inv(numerical_hessian(f, place, step))))
    # second differences of a sum near 1,000 with steps of 1e-4: 1e-13 * 1e3 / 1e-8 = 1e-2 of about 600
    assert [fit.bse[name] for name in names] == pytest.approx(errors[:-1].tolist(), rel=1e-3)


def test_known_wages_are_least_squares() -> None:
    """Equal ends everywhere: least squares, sigma with n instead of n - k."""
    frame = made_up_workers()
    fit = wf.estimate_bracketed(frame, FORMULA, lower="wage", upper="wage", weights="weight")
    squares = wf.estimate_factors(frame, f"log(wage) {FORMULA}", weights="weight")
    for name, value in squares.params.items():
        assert fit.params[name] == pytest.approx(value, rel=1e-9)
    assert fit.residual_std == pytest.approx(squares.residual_std * np.sqrt(596 / 600), rel=1e-9)
    # the sandwich with n / (n - 1) for HC1's n / (n - k)
    assert fit.bse["education"] == pytest.approx(squares.bse["education"] * np.sqrt(596 / 599), rel=1e-6)


def test_brackets_lose_little() -> None:
    """Estimates from brackets within three errors of those from the wages themselves."""
    frame = bracketed(4_000)
    fit = wf.estimate_bracketed(frame, FORMULA, lower="low", upper="high")
    whole = wf.estimate_factors(frame, f"log(wage) {FORMULA}")
    for name, value in whole.params.items():
        assert abs(fit.params[name] - value) < 3.0 * fit.bse[name]
        assert whole.bse[name] * 0.9 < fit.bse[name] < whole.bse[name] * 1.5
    assert fit.smearing == pytest.approx(np.exp(0.5 * fit.residual_std**2), rel=1e-15)


def test_missing_ends_are_open() -> None:
    """NaN, 0 and inf say the same."""
    frame = bracketed()
    open_ends = frame.assign(low=frame.low.replace(0.0, np.nan), high=frame.high.replace(np.inf, np.nan))
    fits = [wf.estimate_bracketed(rows, FORMULA, lower="low", upper="high") for rows in (frame, open_ends)]
    assert dict(fits[0].params) == dict(fits[1].params)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": 50.0, "high": 40.0}, "expected lower <= upper"),
        ({"low": -1.0}, "lower holds -1"),
        ({"low": 0.0, "high": np.inf}, "unbounded"),
    ],
)
def test_wrong_brackets(change: dict[str, float], message: str) -> None:
    """The message says which row or value."""
    frame = bracketed()
    for name, value in change.items():
        frame.loc[7, name] = value
    with pytest.raises(wf.FactError, match=message):
        wf.estimate_bracketed(frame, FORMULA, lower="low", upper="high")


def separable(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A few columns of small whole numbers, and intervals of which many are open: some samples are separated."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(6, 14))
    groups = rng.integers(0, 4, n)
    x = np.column_stack([np.ones(n), rng.integers(-1, 2, n), groups == 1, groups == 2]).astype(float)
    kind = rng.choice(["both", "above", "below"], n, p=[0.3, 0.4, 0.3])
    low = np.where(kind == "below", 0.0, rng.integers(5, 9, n))
    return x, low, np.where(kind == "above", np.inf, low + rng.integers(6, 9, n))


def has_separating_direction(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> bool:
    """Whether a direction moves outcomes that are open only, and each of them the open way, by linear programming."""
    above, below = np.isinf(high), low == 0.0
    signed = np.where(above, 1.0, -1.0)[:, None] * x
    is_open = above | below
    found = linprog(-signed[is_open].sum(axis=0), A_ub=-signed[is_open], b_ub=np.zeros(is_open.sum()),
                    A_eq=x[~is_open], b_eq=np.zeros((~is_open).sum()), bounds=[(-1, 1)] * x.shape[1])  # fmt: skip
    return bool(-found.fun > 1e-7)


def test_separation_is_found_where_linear_programming_finds_it() -> None:
    """An error that says infinity where a direction exists, and only there."""
    answers = []
    for seed in range(300):
        x, low, high = separable(seed)
        if np.linalg.matrix_rank(x) < 4 or np.isinf(high).all() or (low == 0.0).all():
            continue
        frame = pd.DataFrame(x, columns=list("abcd")).assign(low=low, high=high)
        try:
            wf.estimate_bracketed(frame, "~ 0 + a + b + c + d", lower="low", upper="high", covariance="hessian")
            message = ""
        except wf.ConvergenceError as error:
            message = str(error)
        expected = has_separating_direction(x, low, high)
        assert ("infinity" in message) == expected, seed
        answers.append(expected)
    assert 0.2 < np.mean(answers) < 0.8  # both kinds were tried


def test_a_group_above_every_bound_has_no_estimate() -> None:
    """The level is named, with the end that is open; one bounded wage of the group is enough for an estimate."""
    frame = bracketed(400)
    top = pd.DataFrame({"education": 16.0, "experience": np.linspace(1, 30, 25), "union": "board", "low": 40.0,
                        "high": np.inf})  # fmt: skip
    both = pd.concat([frame, top], ignore_index=True)
    with pytest.raises(wf.ConvergenceError, match=r"union\[T.no\] \(minus infinity\)|union.*infinity"):
        wf.estimate_bracketed(both, FORMULA, lower="low", upper="high")
    frame = frame.assign(union=frame.union.replace({"no": "a", "yes": "b"}))
    both = pd.concat([frame, top], ignore_index=True)
    with pytest.raises(wf.ConvergenceError, match=r"values of union\[T.board\] \(plus infinity\), as"):
        wf.estimate_bracketed(both, FORMULA, lower="low", upper="high")
    both.loc[400, "high"] = 90.0
    fit = wf.estimate_bracketed(both, FORMULA, lower="low", upper="high")
    assert 0.0 < fit.params["union[T.board]"] < 5.0
    bottom = both.assign(
        low=np.where(both.union == "board", 0.0, both.low), high=np.where(both.union == "board", 5.0, both.high)
    )
    with pytest.raises(wf.ConvergenceError, match=r"union\[T.board\] \(minus infinity\)"):
        wf.estimate_bracketed(bottom, FORMULA, lower="low", upper="high")


def test_a_likelihood_without_maximum() -> None:
    """All brackets open above."""
    frame = bracketed().assign(high=np.inf)
    frame = frame[frame.low > 0.0]
    with pytest.raises(wf.ConvergenceError, match="no maximum"):
        wf.estimate_bracketed(frame, FORMULA, lower="low", upper="high")
    with pytest.raises(wf.FactError, match="expected no outcome"):
        wf.estimate_bracketed(frame, "wage ~ union", lower="low", upper="high")
