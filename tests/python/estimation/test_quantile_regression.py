"""Quantile regression against linear programming, statsmodels and formulas."""

from __future__ import annotations

import itertools
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
    coefficients = dict(zip(fit.terms, fit.coefficients.tolist(), strict=True))
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
    assert weighted.coefficients.tolist() == pytest.approx(plain.coefficients.tolist(), rel=1e-8)  # one vertex


def test_errors_are_powell_s_sandwich() -> None:
    """The formula in NumPy, with the bandwidth of Hall and Sheather on each person's scale."""
    frame = made_up_workers()
    p = 0.3
    fit = wf.estimate_quantiles(frame, FORMULA, p)
    x, y = columns_of(frame), np.log(frame.wage.to_numpy())
    order = ["Intercept", "education", "experience", "experience2", "union[T.yes]", "C(region)[T.north]",
             "C(region)[T.south]"]  # fmt: skip
    names = [name if "**" not in name else "experience2" for name in fit.terms]
    coefficients = dict(zip(names, fit.coefficients, strict=True))
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
    bse = dict(zip(names, fit.errors, strict=True))
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
    assert fits[0.8].coefficients.tolist() == wf.estimate_quantiles(frame, FORMULA, 0.8).coefficients.tolist()
    assert 0.0 < fits[0.2].rsquared < 1.0
    wrong: list[Any] = [1.0, [0.5, -1.0], []]
    for p in wrong:
        with pytest.raises(wf.FactError, match="expected probabilities strictly between"):
            wf.estimate_quantiles(frame, FORMULA, p)
    with pytest.raises(wf.FactError, match=r"I\(2 \* education\) is a linear combination"):
        wf.estimate_quantiles(frame, "log(wage) ~ education + I(2 * education)", 0.5)


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5, 0.75])
def test_answers_do_not_depend_on_the_order_of_rows(p: float) -> None:
    """Heaped wages, groups of even size, ties: the same bits in any order, and as many rows met as coefficients."""
    rng = np.random.default_rng(7)
    frame = pd.DataFrame({"wage": np.round(np.exp(rng.normal(3.0, 0.5, 60)), 0), "g": np.repeat(list("abcdef"), 10),
                          "h": rng.choice(list("xy"), 60), "w": rng.integers(1, 3, 60).astype(float)})  # fmt: skip
    for formula in ("wage ~ g", "wage ~ 0 + g", "wage ~ g + h", "log(wage) ~ h", "wage ~ 1"):
        for weights in (None, "w"):
            fit = wf.estimate_quantiles(frame, formula, p, weights=weights)
            for seed in range(5):
                other = wf.estimate_quantiles(frame.sample(frac=1.0, random_state=seed), formula, p, weights=weights)
                assert other.coefficients.tolist() == fit.coefficients.tolist()
            assert (np.abs(fit.resid) < 1e-9).sum() >= len(fit.terms)


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5, 0.75, 0.9])
@pytest.mark.parametrize("n", [2, 4, 5, 20])
def test_a_constant_alone_is_the_lower_sample_percentile(p: float, n: int) -> None:
    """NumPy's inverted distribution function, inf{y: F(y) >= p}, in each group of a saturated equation too."""
    rng = np.random.default_rng(n)
    frame = pd.DataFrame({"y": rng.permutation(np.arange(2.0 * n) * 10_000.0), "g": ["a"] * n + ["b"] * n})
    expected = [np.quantile(frame.y[frame.g == g], p, method="inverted_cdf") for g in "ab"]
    fit = wf.estimate_quantiles(frame, "y ~ 0 + g", p)
    assert fit.coefficients == pytest.approx(expected, rel=1e-12)
    whole = wf.estimate_quantiles(frame, "y ~ 1", p)
    assert whole.coefficients == pytest.approx([np.quantile(frame.y, p, method="inverted_cdf")], rel=1e-12)


def test_among_equally_good_equations_fitted_pay_is_lowest() -> None:
    """All vertices by brute force: the least loss, then the lowest sum of fitted values."""
    for seed in range(30):
        rng = np.random.default_rng(seed)
        frame = pd.DataFrame({"y": rng.permutation(10.0 * np.arange(8)), "x": rng.integers(0, 3, 8).astype(float)})
        x, y = np.column_stack([np.ones(8), frame.x]), frame.y.to_numpy()
        found = []
        for rows in itertools.combinations(range(8), 2):
            if x[rows[0], 1] != x[rows[1], 1]:
                b = np.linalg.solve(x[list(rows)], y[list(rows)])
                found.append((round(loss_of(np.round(y - x @ b, 9), 0.5), 7), (x @ b).sum()))
        fit = wf.estimate_quantiles(frame, "y ~ x", 0.5)
        assert (fit.objective, fit.fittedvalues.sum()) == pytest.approx(min(found), rel=1e-9, abs=1e-9)


def test_clustered_errors_are_the_sum_over_clusters() -> None:
    """The middle of the sandwich by NumPy, between the breads that plain errors have."""
    frame = made_up_workers()
    p = 0.3
    plain = wf.estimate_quantiles(frame, FORMULA, p)
    fit = wf.estimate_quantiles(frame, FORMULA, p, cluster="firm")
    assert fit.coefficients.tolist() == plain.coefficients.tolist()
    assert fit.df.tolist() == [39.0] * 7
    order = ["Intercept", "education", "experience", "experience2", "union[T.yes]", "C(region)[T.north]",
             "C(region)[T.south]"]  # fmt: skip
    names = [name if "**" not in name else "experience2" for name in fit.terms]
    x = columns_of(frame)[:, [order.index(name) for name in names]]
    scores = x * (p - (plain.resid < 0.0))[:, None]
    sums = np.array([scores[frame.firm == firm].sum(axis=0) for firm in np.unique(frame.firm)])
    # plain = B p (1 - p) X'X B, so that B follows from its symmetric factor
    root = np.linalg.cholesky(p * (1 - p) * x.T @ x)
    inner = root.T @ plain.cov @ root
    values, vectors = np.linalg.eigh(inner)
    bread = np.linalg.solve(root.T, vectors @ np.diag(np.sqrt(values)) @ vectors.T) @ np.linalg.inv(root)
    expected = 40 / 39 * 599 / 593 * bread @ sums.T @ sums @ bread
    assert fit.cov == pytest.approx(expected, rel=1e-6, abs=1e-8 * expected.max())  # roots of a condition of 1e5


def test_absorbed_factors_are_written_out_and_not_reported() -> None:
    """The same coefficients and errors as with the levels in the equation; levels of one person are set aside."""
    frame = made_up_workers()
    written = wf.estimate_quantiles(frame, "log(wage) ~ education + C(trade) + C(firm)", 0.4)
    fit = wf.estimate_quantiles(frame, "log(wage) ~ education", 0.4, absorb=("trade", "firm"))
    assert fit.terms == ("education",)
    assert fit.params["education"] == pytest.approx(written.params["education"], rel=1e-9)
    assert fit.bse["education"] == pytest.approx(written.bse["education"], rel=1e-6)
    assert (fit.df_resid, fit.objective) == (written.df_resid, pytest.approx(written.objective, rel=1e-12))
    alone = pd.concat([frame, frame.iloc[:1].assign(firm=99)], ignore_index=True)
    assert wf.estimate_quantiles(alone, "log(wage) ~ education", 0.4, absorb="firm").nobs == 600
