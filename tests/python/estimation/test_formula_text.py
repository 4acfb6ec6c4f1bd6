"""Columns of any name in formulas, against formulaic with plain names and least squares of NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import minimize

import wagefit as wf
from wagefit.estimation.formula_text import aliased

pytest.importorskip("formulaic")

NAMES = ["exp", "log", "scale", "C", "np", "lag", "center", "poly", "class", "lambda", "I", "Q", "pi", "in", "True_"]


def one_column(name: str) -> pd.DataFrame:
    """An outcome and one column."""
    rng = np.random.default_rng(4)
    return pd.DataFrame({"y": rng.normal(10.0, 0.3, 30), name: rng.uniform(1.0, 9.0, 30)})


def least_squares(frame: pd.DataFrame, columns: list[Any]) -> np.ndarray:
    """Coefficients of a constant and columns."""
    x = np.column_stack([np.ones(len(frame)), *columns])
    return np.asarray(np.linalg.lstsq(x, frame["y"].to_numpy(), rcond=None)[0])


@pytest.mark.parametrize("name", [*NAMES, "years paid", "wage.hourly", "a-b", "Gehalt (€)", "näme", "1st", "x:y", "~"])
@pytest.mark.parametrize("pattern", ["{0}", "np.log({0})", "I({0}**2)", "exp({0} / 10)", "{0} + I({0} * 2 + log({0}))"])
def test_a_column_of_any_name_is_a_column(name: str, pattern: str) -> None:
    """Function names, words of Python, spaces and signs; in backquotes and, where it is a name, without."""
    frame = one_column(name)
    x = frame[name].to_numpy()
    values = {"{0}": [x], "np.log({0})": [np.log(x)], "I({0}**2)": [x**2], "exp({0} / 10)": [np.exp(x / 10)],
              "{0} + I({0} * 2 + log({0}))": [x, 2 * x + np.log(x)]}[pattern]  # fmt: skip
    for written in [f"`{name}`", name] if name.isidentifier() else [f"`{name}`"]:
        fit = wf.estimate_factors(frame, f"y ~ {pattern.format(written)}")
        # the largest power here is 81, of one column: 1e-16 times a condition of some 1e4
        assert fit.coefficients == pytest.approx(least_squares(frame, values), rel=1e-10)
    assert name in fit.terms[1]


def test_categories_of_any_name() -> None:
    """``C(`pay grade`)`` and a text column with a dot are coded by level, interactions by formulaic."""
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(
        {"y": rng.normal(size=60), "pay grade": rng.integers(0, 3, 60), "C": rng.choice(list("ab"), 60)}
    )
    fit = wf.estimate_factors(frame, "y ~ C(`pay grade`) + C(C)")
    assert fit.terms == ("Intercept", "C(pay grade)[T.1]", "C(pay grade)[T.2]", "C(C)[T.b]")
    grades = [frame["pay grade"] == 1, frame["pay grade"] == 2, frame["C"] == "b"]
    assert fit.coefficients == pytest.approx(least_squares(frame, [each.astype(float) for each in grades]), rel=1e-10)
    crossed = wf.estimate_factors(frame, "y ~ C(`pay grade`) * C")
    assert crossed.terms[-1] == "C(pay grade)[T.2]:C[T.b]"
    assert len(crossed.terms) == 6


def test_what_is_no_column_stays_as_written() -> None:
    """Functions, arguments, modules, attributes, text and numbers."""
    text = "y ~ bs(exp, df=4) + np.exp(df) + C(g, levels=['exp', \"df\"]) + I(x == 1e5)"
    found = aliased(text, ["y", "exp", "df", "levels", "g", "x", "np", "e5"])
    assert [*found.aliases.values()] == ["y", "exp", "df", "g", "x"]
    assert found.shown(found.text) == text
    for kept in ("df=4", "np.exp(", "levels=['exp', \"df\"]", "== 1e5"):
        assert kept in found.text


def maximum(frame: pd.DataFrame) -> list[float]:
    """Mean and spread of log wages in intervals by scipy."""
    with np.errstate(divide="ignore"):
        low, high = np.log(frame.low), np.log(frame.high)

    def minus_log_likelihood(at: np.ndarray) -> float:
        normal = stats.norm(at[0], np.exp(at[1]))
        return -float(np.log(normal.cdf(high) - normal.cdf(low)).sum())

    found = minimize(minus_log_likelihood, [1.0, 0.0], method="BFGS", options={"gtol": 1e-8}).x
    return [found[0], np.exp(found[1])]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("y ~ `years`", "years is no column"),
        ("y ~ log", "cannot be evaluated"),
        ("y ~ nosuch(x)", "nosuch is no column"),
        ("y ~ x + zeta", "zeta is no column"),
        ("y ~ I(x.nosuch)", "cannot be evaluated"),
    ],
)
def test_errors_speak_of_the_user_s_names(formula: str, message: str) -> None:
    """A FactError without an alias in it."""
    with pytest.raises(wf.FactError, match=message) as caught:
        wf.estimate_factors(one_column("x"), formula)
    assert "_column" not in str(caught.value)


def test_terms_of_a_gap_are_columns_of_any_name() -> None:
    """Brackets in a column's name or in a level are no mark of a factor: each column is a term of its own."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"y": rng.normal(size=80), "x[1]": rng.normal(size=80), "x[2]": rng.normal(size=80),
                          "pay grade": rng.choice(["a]", "[b", "c"], 80), "sex": ["f", "m"] * 40})  # fmt: skip
    gap = wf.decompose(frame, "y ~ `x[1]` + `x[2]` + `pay grade` + I(`x[1]`**2)", by="sex")
    assert set(gap.terms) == {"Intercept", "x[1]", "x[2]", "pay grade", "I(x[1] ** 2)"}
    plain = frame.rename(columns={"x[1]": "p", "x[2]": "q", "pay grade": "r"}).replace({"a]": "a", "[b": "Z"})
    other = wf.decompose(plain, "y ~ p + q + r + I(p**2)", by="sex")
    parts = dict(zip(gap.terms, gap.parts.tolist(), strict=True))
    for ours, theirs in (("x[1]", "p"), ("x[2]", "q"), ("I(x[1] ** 2)", "I(p ** 2)")):
        assert parts[ours] == pytest.approx(other.parts[other.terms.index(theirs)].tolist(), rel=1e-9, abs=1e-12)


def test_an_intercept_alone() -> None:
    """Interval regression as scipy's maximum likelihood has it; mean, median, gap and cells by their definitions."""
    frame = pd.DataFrame({"low": np.arange(0.0, 11), "high": np.arange(1.0, 12), "w": 2.0, "g": [*"abababababa"]})
    for weights in (None, "w", np.full(11, 3.0)):
        fit = wf.estimate_bracketed(frame, "~ 1", lower="low", upper="high", weights=weights)
        # scipy.optimize stops where the gradient is below 1e-8, of a curvature of about 10
        assert [fit.coefficients[0], fit.residual_std] == pytest.approx(maximum(frame), abs=1e-6)
    assert wf.estimate_factors(frame, "high ~ 1").coefficients == pytest.approx([6.0], rel=1e-14)
    assert wf.estimate_quantiles(frame, "high ~ 1", 0.5).coefficients.tolist() == pytest.approx([6.0], rel=1e-14)
    gap = wf.decompose(frame, "high ~ 1", by="g", groups=("a", "b"))
    assert gap.gap == pytest.approx(0.0, abs=1e-14)
    cells = wf.estimation.estimate_cells(frame, "high ~ 1", employment="w")
    assert cells.coefficients == pytest.approx([6.0], rel=1e-10)
